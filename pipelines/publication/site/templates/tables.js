// Some browsers take a table that is shown row by row for no table; its roles, said again, keep it one for those who do not see it.
(() => {
  const roles = { thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell", "thead th": "columnheader", "tbody th": "rowheader" };
  for (const table of document.querySelectorAll("table.rows")) {
    table.setAttribute("role", "table");
    for (const [part, role] of Object.entries(roles)) for (const element of table.querySelectorAll(part)) element.setAttribute("role", role);
  }
})();
