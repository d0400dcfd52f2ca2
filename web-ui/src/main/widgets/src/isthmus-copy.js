// A button that copies its `text`. Works without the clipboard API too, which plain HTTP does not have.
import { buttonCss, glyphs, label, upgrade } from './common.js';

class IsthmusCopy extends HTMLElement {
  #text = '';
  #texts = { copy: 'Copy', copied: 'Copied' };
  #button;
  #timer;

  constructor() {
    super();
    this.attachShadow({ mode: 'open', delegatesFocus: true }).innerHTML = `<style>${buttonCss}
      :host { display: inline-block; vertical-align: middle; }
      .tools { position: static; border: 0; background: none; display: inline-flex; }
      .tools button { width: 24px; height: 24px; border-radius: 6px; }
      .tools svg { width: 14px; height: 14px; }
      [data-done] { color: var(--state-complete, #1f7a4d); }
      .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    </style><span class="tools"><button type="button"></button></span><span class="said" role="status"></span>`;
    this.#button = this.shadowRoot.querySelector('button');
    this.#button.addEventListener('click', (event) => {
      event.stopPropagation(); // a copy inside a table's row does not open the row
      this.#copy();
    });
  }

  connectedCallback() {
    upgrade(this, 'text', 'texts');
    this.#show(false);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  get text() {
    return this.#text;
  }

  set text(value) {
    this.#text = String(value ?? '');
  }

  /** {copy, copied} in the user's language. */
  get texts() {
    return this.#texts;
  }

  set texts(value) {
    this.#texts = { ...this.#texts, ...(typeof value === 'string' ? JSON.parse(value) : value) };
    this.#show(false);
  }

  async #copy() {
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(this.#text);
      else this.#copyBySelection();
    } catch {
      this.#copyBySelection();
    }
    this.#show(true);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(false), 2000);
  }

  #copyBySelection() {
    const area = document.createElement('textarea');
    area.value = this.#text;
    area.style.cssText = 'position:fixed;opacity:0';
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    this.#button.focus();
  }

  #show(done) {
    this.#button.innerHTML = done ? glyphs.done : glyphs.copy;
    this.#button.toggleAttribute('data-done', done);
    label(this.#button, done ? this.#texts.copied : this.#texts.copy);
    this.shadowRoot.querySelector('.said').textContent = done ? this.#texts.copied : '';
  }
}

if (!customElements.get('isthmus-copy')) customElements.define('isthmus-copy', IsthmusCopy);
