// Looks through the list of pages as one types: every word has to be found, in the title first. No request is made.
(() => {
  const form = document.querySelector("form.search");
  if (!form || typeof PAGES === "undefined") return;
  const input = form.querySelector("input"), list = form.querySelector("ol"), told = form.querySelector("[role=status]");
  const root = document.body.dataset.root;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const pages = PAGES.map(([address, title, kind, more]) => ({ address, title, kind, name: plain(title), all: plain(`${title} ${kind} ${more}`) }));
  const place = (page, words) => (page.name.startsWith(words[0]) ? 0 : words.every((word) => page.name.includes(word)) ? 1 : 2);
  const show = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    const found = words.length === 0 ? [] : pages.filter((page) => words.every((word) => page.all.includes(word)));
    found.sort((one, other) => place(one, words) - place(other, words) || one.name.localeCompare(other.name));
    list.replaceChildren(...found.slice(0, 12).map((page) => {
      const item = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("span");
      link.href = root + page.address;
      link.textContent = page.title;
      kind.className = "small quiet";
      kind.textContent = ` ${page.kind}`;
      item.append(link, kind);
      return item;
    }));
    list.hidden = found.length === 0;
    told.textContent = words.length === 0 ? "" : `${found.length} ${found.length === 1 ? "page" : "pages"} found`;
  };
  input.addEventListener("input", show);
  form.addEventListener("submit", (event) => { event.preventDefault(); list.querySelector("a")?.click(); });
  form.addEventListener("keydown", (event) => { if (event.key === "Escape") { input.value = ""; show(); input.focus(); } });
  form.hidden = false;
})();
