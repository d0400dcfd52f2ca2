// Draws the rows of the table within it from the markup of their cells, so that a long list costs
// neither the server nor the browser a component for each word. Only cells that changed are drawn
// anew: focus and selection stay in the others.
class IsthmusRows extends HTMLElement {
  #rows = new Map();

  constructor() {
    super();
    this.addEventListener('click', (event) => {
      const marked = event.target.closest('[data-act]');
      const row = marked?.closest('tr');
      if (row) {
        this.dispatchEvent(
          new CustomEvent('row-act', { detail: { row: Number(row.dataset.row), act: Number(marked.dataset.act) } }),
        );
      }
    });
  }

  /**
   * Shows these rows in place of those shown.
   *
   * @param json [{id, cells: [markup, or null for what stays]}]; without cells a row stays as it is
   */
  draw(json) {
    const body = this.querySelector('tbody');
    const heads = [...this.querySelectorAll('thead th')];
    const rows = JSON.parse(json);
    const before = this.#rows;
    this.#rows = new Map(rows.map(({ id }) => [id, before.get(id) ?? this.#row(id, heads)]));
    for (const [id, row] of before) {
      if (!this.#rows.has(id)) row.remove();
    }
    rows.forEach(({ id, cells }, index) => {
      const row = this.#rows.get(id);
      cells?.forEach((markup, column) => {
        if (markup !== null) row.cells[column].innerHTML = markup;
      });
      if (body.rows[index] !== row) body.insertBefore(row, body.rows[index] ?? null);
    });
  }

  #row(id, heads) {
    const row = document.createElement('tr');
    row.setAttribute('role', 'row');
    row.dataset.row = id;
    for (const head of heads) {
      const cell = row.insertCell();
      cell.setAttribute('role', 'cell');
      if (head.className) cell.className = head.className;
      if (head.dataset.name) cell.dataset.name = head.dataset.name;
    }
    return row;
  }
}

if (!customElements.get('isthmus-rows')) customElements.define('isthmus-rows', IsthmusRows);
