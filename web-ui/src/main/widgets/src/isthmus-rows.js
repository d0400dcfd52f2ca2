// Draws the rows of the table within it from the markup of their cells, so that a long list costs
// neither the server nor the browser a component for each word. Only cells that changed are drawn
// anew: focus and selection stay in the others.
class IsthmusRows extends HTMLElement {
  #rows = new Map();
  #picked = '';

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
    this.addEventListener('change', ({ target }) => {
      if (!target.matches('.pick input')) return;
      if (target.closest('thead')) this.#boxes().forEach((box) => (box.checked = target.checked));
      this.#tellPicked();
    });
  }

  connectedCallback() {
    showDensity();
  }

  #boxes() {
    return [...this.querySelectorAll('tbody .pick input')];
  }

  /** Tells which rows are ticked, when others are than before. */
  #tellPicked() {
    const all = this.querySelector('thead .pick input');
    if (!all) return;
    const boxes = this.#boxes();
    const picked = boxes.filter((box) => box.checked);
    all.checked = picked.length > 0 && picked.length === boxes.length;
    all.indeterminate = picked.length > 0 && !all.checked;
    const rows = picked.map((box) => box.closest('tr').dataset.row).join(' ');
    if (rows !== this.#picked) {
      this.#picked = rows;
      this.dispatchEvent(new CustomEvent('rows-pick', { detail: { rows } }));
    }
  }

  clearPicks() {
    this.#boxes().forEach((box) => (box.checked = false));
    this.#tellPicked();
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
    this.#tellPicked(); // ticked rows may be gone
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

const key = 'isthmus-density';
const compact = () => localStorage.getItem(key) === 'compact';
const showDensity = () => document.documentElement.toggleAttribute('data-compact', compact());

/** A button that draws the rows of all lists closer or wider; the browser remembers it. */
class IsthmusDensity extends HTMLElement {
  connectedCallback() {
    const button = document.createElement('vaadin-button');
    button.setAttribute('theme', 'tertiary small');
    button.textContent = this.getAttribute('label');
    const tell = () => button.setAttribute('aria-pressed', compact());
    button.addEventListener('click', () => {
      localStorage.setItem(key, compact() ? 'wide' : 'compact');
      showDensity();
      tell();
    });
    tell();
    this.replaceChildren(button);
  }
}

if (!customElements.get('isthmus-density')) customElements.define('isthmus-density', IsthmusDensity);
if (!customElements.get('isthmus-rows')) customElements.define('isthmus-rows', IsthmusRows);
