// A button that copies its `text`; `copy` and `copied` are its words in the user's language. Works
// without the clipboard API too, which plain HTTP does not have.
import { buttonCss, glyphs, label } from './common.js';

class IsthmusCopy extends HTMLElement {
  static observedAttributes = ['copy', 'copied'];

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
    this.#show(false);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  attributeChangedCallback() {
    this.#show(false);
  }

  async #copy() {
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(this.getAttribute('text') ?? '');
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
    area.value = this.getAttribute('text') ?? '';
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
    const words = this.getAttribute(done ? 'copied' : 'copy') ?? '';
    label(this.#button, words);
    this.shadowRoot.querySelector('.said').textContent = done ? words : '';
  }
}

if (!customElements.get('isthmus-copy')) customElements.define('isthmus-copy', IsthmusCopy);
