// The words of a text as the search compares them: without accents, apostrophes and case.
const plainWords = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().split(/[^\p{L}\p{N}.]+/u).map((word) => word.replace(/\.+$/, "")).filter(Boolean);
// Searches the list of pages while one types. Every word has to match; matches in the title or another name come first,
// equal matches in the order of the list. No request is made.
(() => {
  const form = document.querySelector("form.search");
  if (!form || typeof PAGES === "undefined") return;
  const MOST = 12;
  const input = form.querySelector("input"), list = form.querySelector("ol"), status = form.querySelector("[role=status]");
  const root = document.body.dataset.root;
  const pages = PAGES.map(([address, title, kind, also, more]) => ({
    address, title, kind, also: also.split("; "), name: plainWords(title), others: plainWords(also), more: plainWords(`${kind} ${more}`),
  }));
  // How far a page is from one word: the whole word in its title or another name, the start of one, then the words about it.
  const far = (page, word) => {
    if (page.name.includes(word) || page.others.includes(word)) return 0;
    if (page.name.some((one) => one.startsWith(word))) return 1;
    if (page.others.some((one) => one.startsWith(word))) return 2;
    if (page.more.includes(word)) return 3;
    return page.more.some((one) => one.startsWith(word)) || (word.length > 3 && page.name.some((one) => one.includes(word))) ? 4 : Infinity;
  };
  const item = (page, words) => {
    const made = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("span");
    link.href = root + page.address;
    link.textContent = page.title;
    const also = page.also.find((name) => words.some((word) => !page.name.some((one) => one.startsWith(word)) && plainWords(name).some((one) => one.startsWith(word))));
    kind.className = "small quiet";
    kind.textContent = ` ${page.kind}${also ? `, ${also}` : ""}`;
    made.append(link, kind);
    return made;
  };
  const show = () => {
    const words = plainWords(input.value);
    const found = words.length === 0 ? [] : pages
      .map((page) => ({ page, far: words.reduce((sum, word) => sum + far(page, word), 0) }))
      .filter((one) => one.far < Infinity)
      .sort((one, other) => one.far - other.far);
    list.replaceChildren(...found.slice(0, MOST).map((one) => item(one.page, words)));
    if (words.length > 0 && found.length === 0) {
      const none = document.createElement("li");
      none.textContent = "No page found.";
      list.append(none);
    }
    list.hidden = words.length === 0;
    const count = `${found.length} ${found.length === 1 ? "page" : "pages"} found`;
    status.textContent = words.length === 0 ? "" : found.length > MOST ? `${count}, the first ${MOST} are listed` : count;
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => { if (input.value) show(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); list.querySelector("a")?.click(); });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) list.hidden = true; });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { input.value = ""; show(); input.focus(); }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], places = [input, ...list.querySelectorAll("a")];
    if (!step || list.hidden || places.length === 1) return;
    event.preventDefault();
    places[(places.indexOf(document.activeElement) + step + places.length) % places.length].focus();
  });
  form.hidden = false;
})();
