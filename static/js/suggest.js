// Suggestions while somebody types a tag: a list that the browser shows under the field. A field with
// data-several holds many with commas between them; the last one is asked for.
const PAUSE = 150; // milliseconds without a key before a question goes out

function watch(list) {
  let timer = 0;
  let asking = null;

  async function ask(before, typed) {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${list.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: asking.signal });
      if (!answer.ok) return;
      const found = await answer.json();
      list.replaceChildren(...found.map(({ tag }) => {
        const option = document.createElement("option");
        option.value = before + tag;
        return option;
      }));
    } catch {
      // the next key asks again
    }
  }

  for (const field of document.querySelectorAll(`input[list="${list.id}"]`)) {
    field.addEventListener("input", () => {
      clearTimeout(timer);
      const before = "several" in field.dataset ? /^(.*[,\u060c]\s*)?/.exec(field.value)[0] : "";
      const typed = field.value.slice(before.length).trim();
      if (typed) timer = setTimeout(ask, PAUSE, before, typed);
    });
  }
}

document.querySelectorAll("datalist[data-suggest]").forEach(watch);
