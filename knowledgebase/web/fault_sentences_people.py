"""The sentences of faults in what people say of themselves and how they come in."""

from collections.abc import Mapping

from knowledgebase.web.problems import later

PEOPLE: Mapping[str, str] = {
    "no-letter": later("“%(value)s” holds no letter. Write the name as people say it."),
    "mixed-scripts": later("“%(value)s” mixes letters of different scripts in one word. Write it in one."),
    "not-latin": later("“%(value)s” is not written in Latin letters. Write it so, or leave it out."),
    "reserved-name": later("“%(value)s” would pass for the exchange itself. Write a person's name."),
    "name-taken": later(
        "Somebody in %(city)s already has this name, or one that looks the same. Add a further name or an "
        "initial."
    ),
    "city-id-used": later("The address “%(id)s” belongs to another city. Choose another one."),
    "nothing-chosen": later("Choose what is to be done, by one of the buttons."),
    "city-name-taken": later(
        "The city %(city)s has this name, or one that looks the same. Cities of one country need names that "
        "nobody takes for each other."
    ),
    "not-accepted": later("Guidelines and privacy notice must be accepted first."),
    "password-too-short": later(
        "This password has %(length)s characters; at least %(least)s are needed. Several words make a "
        "good one."
    ),
    "password-guessable": later(
        "This password is easy to guess: it is made of well-known words, of your name, address or city, and "
        "of digits. Choose other words."
    ),
    "log-in-refused": later("Address and password do not belong together, or there is no such account."),
    "wrong-password": later("This is not your present password."),
    "has-account": later(
        "This address has an account by now. Open the link again and take it up with your password."
    ),
    "other-address": later("This invitation is for another address than that of your account."),
    "member-already": later("This address belongs to a member already."),
    "too-many-requests": later("Too many were sent in a short time. Wait an hour, then try again."),
    "too-many-tries": later("Too many log-ins were tried. Wait five minutes, then try again."),
}
