// Filters a list by the words typed and by what is chosen; the words are those of search.js. Without it the whole list is shown.
(() => {
  const form = document.querySelector("form.narrow");
  if (!form) return;
  const input = form.querySelector("input"), choices = [...form.querySelectorAll("select")], status = form.querySelector("[role=status]");
  const items = [...document.querySelectorAll("[data-searched]")].map((element) => ({ element, words: plainWords(element.dataset.searched) }));
  const parts = [...document.querySelectorAll("[data-part]")];
  const narrow = () => {
    const words = plainWords(input.value);
    let left = 0;
    for (const { element, words: own } of items) {
      const fits = words.every((word) => own.some((one) => one.startsWith(word)))
        && choices.every((choice) => !choice.value || (element.dataset[choice.name] ?? "").split(" ").includes(choice.value));
      element.hidden = !fits;
      left += fits;
    }
    for (const part of parts) part.hidden = !part.querySelector("[data-searched]:not([hidden])");
    status.textContent = `${left} of ${items.length} shown`;
  };
  form.addEventListener("input", narrow);
  form.addEventListener("reset", () => setTimeout(narrow));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("keydown", (event) => { if (event.key === "Escape") form.reset(); });
  form.hidden = false;
  narrow();
})();
