// Suggestions while somebody types a tag: a list that the browser shows under the field.
const PAUSE = 150; // milliseconds without a key before a question goes out

function watch(list) {
  let timer = 0;
  let asking = null;

  async function ask(typed) {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${list.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: asking.signal });
      if (!answer.ok) return;
      const found = await answer.json();
      list.replaceChildren(...found.map(({ tag }) => {
        const option = document.createElement("option");
        option.value = tag;
        return option;
      }));
    } catch {
      // the next key asks again
    }
  }

  for (const field of document.querySelectorAll(`input[list="${list.id}"]`)) {
    field.addEventListener("input", () => {
      clearTimeout(timer);
      const typed = field.value.trim();
      if (typed) timer = setTimeout(ask, PAUSE, typed);
    });
  }
}

document.querySelectorAll("datalist[data-suggest]").forEach(watch);
