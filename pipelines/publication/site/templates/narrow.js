// Narrows a list to what has all the words typed and what is chosen; the words are those of search.js. Without it the list is whole.
(() => {
  const form = document.querySelector("form.narrow");
  if (!form) return;
  const input = form.querySelector("input"), choices = [...form.querySelectorAll("select")], told = form.querySelector("[role=status]");
  const items = [...document.querySelectorAll("[data-narrowed]")].map((element) => ({ element, words: plainWords(element.dataset.narrowed) }));
  const parts = [...document.querySelectorAll("[data-part]")];
  const narrow = () => {
    const words = plainWords(input.value);
    let left = 0;
    for (const { element, words: of } of items) {
      const fits = words.every((word) => of.some((one) => one.startsWith(word)))
        && choices.every((choice) => !choice.value || (element.dataset[choice.name] ?? "").split(" ").includes(choice.value));
      element.hidden = !fits;
      left += fits;
    }
    for (const part of parts) part.hidden = !part.querySelector("[data-narrowed]:not([hidden])");
    told.textContent = `${left} of ${items.length} shown`;
  };
  form.addEventListener("input", narrow);
  form.addEventListener("reset", () => setTimeout(narrow));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("keydown", (event) => { if (event.key === "Escape") form.reset(); });
  form.hidden = false;
  narrow();
})();
