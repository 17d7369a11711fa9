// The language switch: leads to what is on the page now, and is remembered for the next visit to the bare address.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".switch a[hreflang]");
  if (!link) return;
  if (/^\/[a-z]{2}\//.test(location.pathname)) link.href = `/${link.hreflang}${location.pathname.slice(3)}${location.search}`;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `language=${link.hreflang}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
});
