// Sends a large file in pieces. The file is chosen here; what is sent goes on while other pages are
// looked at, and after the page was loaded anew once the same file is chosen again.
import { buttonCss } from './common.js';

const PIECE = 8 * 1024 * 1024;
const RETRIES = [1000, 2000, 5000, 10000, 20000, 30000];

/** Uploads of this window by the image's id. */
const uploads = new Map();
const remembered = (id) => `isthmus-upload-${id}`;

const wait = (millis) => new Promise((done) => setTimeout(done, millis));

class Upload {
  offset = 0;
  state = 'running'; // running, paused, waiting, done, failed
  trouble = '';
  #abort;

  constructor(id, url, file) {
    Object.assign(this, { id, url, file });
  }

  async run() {
    this.state = 'running';
    this.trouble = '';
    let failures = 0;
    try {
      this.offset = await this.#ask();
      while (this.state === 'running' && this.offset < this.file.size) {
        this.#tell();
        try {
          await this.#send();
          failures = 0;
        } catch (error) {
          if (this.state !== 'running') break;
          // Full of others' uploads: room comes, however long that takes.
          const pause = error.full || RETRIES[failures++];
          if (error.final || !pause) throw error;
          this.trouble = error.message;
          this.state = 'waiting';
          this.#tell();
          await wait(pause);
          if (this.state !== 'waiting') break;
          this.state = 'running';
          this.offset = await this.#ask().catch(() => this.offset); // What fails for good says so when it is sent.
        }
      }
      if (this.offset === this.file.size) {
        this.state = 'done';
        localStorage.removeItem(remembered(this.id));
        uploads.delete(this.id);
      }
    } catch (error) {
      this.state = 'failed';
      this.trouble = error.message;
    }
    this.#tell();
  }

  pause() {
    this.state = 'paused';
    this.#abort?.abort();
    this.#tell();
  }

  async #request(method, headers, body) {
    this.#abort = new AbortController();
    const answer = await fetch(this.url, {
      method,
      body,
      credentials: 'same-origin',
      signal: this.#abort.signal,
      headers: { 'Tus-Resumable': '1.0.0', 'X-Isthmus-Upload': '1', 'Accept-Language': document.documentElement.lang, ...headers },
    });
    const offset = Number(answer.headers.get('Upload-Offset'));
    if (answer.ok && answer.headers.has('Upload-Offset')) return offset;
    const error = new Error((await answer.text()) || `HTTP ${answer.status}`);
    // Another offset, or another writer: what is there is asked anew. A server that restarts comes back.
    error.full = answer.status === 429 && 1000 * (Number(answer.headers.get('Retry-After')) || 5);
    error.final = answer.status < 500 && answer.status !== 409 && answer.status !== 429;
    throw error;
  }

  #ask() {
    return this.#request('HEAD', {});
  }

  async #send() {
    const piece = this.file.slice(this.offset, this.offset + PIECE);
    this.offset = await this.#request(
      'PATCH',
      { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(this.offset) },
      piece,
    );
  }

  #tell() {
    window.dispatchEvent(new CustomEvent('isthmus-upload', { detail: this.id }));
  }
}

window.addEventListener('beforeunload', (event) => {
  if ([...uploads.values()].some(({ state }) => state === 'running' || state === 'waiting')) event.preventDefault();
});

class IsthmusUpload extends HTMLElement {
  #told = () => this.#show();
  #input;
  #file;

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).innerHTML = `<style>${buttonCss}
      :host { display: block; }
      .tools { position: static; border: 0; background: none; display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
      .tools button { width: auto; height: 32px; padding: 0 12px; border: 1px solid var(--isthmus-line, #ccc); border-radius: 6px; font: inherit; }
      .bar { height: 4px; border-radius: 2px; overflow: hidden; background: var(--lumo-contrast-10pct); margin: 8px 0; }
      .bar i { display: block; height: 100%; width: 0; background: var(--state-progress); }
      .trouble { color: var(--state-failed, #b42318); overflow-wrap: anywhere; }
      [hidden] { display: none !important; }
    </style>
    <div class="said" role="status"></div>
    <div class="bar" role="progressbar" aria-valuemin="0" aria-valuemax="100"><i></i></div>
    <div class="trouble" role="alert"></div>
    <label class="choose"><span></span> <input type="file"></label>
    <div class="tools"><button type="button" class="pause"></button><button type="button" class="go"></button></div>`;
    this.#input = this.shadowRoot.querySelector('input');
    this.#input.addEventListener('change', () => this.#chosen(this.#input.files[0]));
    this.shadowRoot.querySelector('.pause').addEventListener('click', () => this.#upload()?.pause());
    this.shadowRoot.querySelector('.go').addEventListener('click', () => this.#upload()?.run());
  }

  connectedCallback() {
    window.addEventListener('isthmus-upload', this.#told);
    this.#show();
  }

  disconnectedCallback() {
    window.removeEventListener('isthmus-upload', this.#told);
  }

  /** The words, in the reader's language: choose, again, other, sent, pause, go, waiting, paused. */
  set words(words) {
    this.textWords = words;
    this.#show();
  }

  #word(name, ...values) {
    const words = typeof this.textWords === 'string' ? JSON.parse(this.textWords) : (this.textWords ?? {});
    return values.reduce((text, value, i) => text.replace(`{${i}}`, value), words[name] ?? '');
  }

  #upload() {
    return uploads.get(this.getAttribute('image'));
  }

  #chosen(file) {
    if (!file) return;
    const id = this.getAttribute('image');
    if (!id) {
      this.#file = file;
      this.dispatchEvent(new CustomEvent('file-chosen', { detail: { name: file.name, size: file.size } }));
      return;
    }
    const before = JSON.parse(localStorage.getItem(remembered(id)) ?? 'null');
    const other = file.size !== Number(this.getAttribute('size')) || (before && (before.name !== file.name || before.modified !== file.lastModified));
    this.#trouble(other ? this.#word('other', before?.name ?? '', this.getAttribute('size')) : '');
    if (!other) this.#begin(id, this.getAttribute('url'), file);
  }

  /** Begins to send the file that was chosen. */
  send(id, url) {
    if (this.#file) this.#begin(id, url, this.#file);
  }

  #begin(id, url, file) {
    localStorage.setItem(remembered(id), JSON.stringify({ name: file.name, size: file.size, modified: file.lastModified }));
    const upload = new Upload(id, url, file);
    uploads.set(id, upload);
    upload.run();
  }

  #trouble(text) {
    this.shadowRoot.querySelector('.trouble').textContent = text;
  }

  #show() {
    const id = this.getAttribute('image');
    const upload = this.#upload();
    const find = (selector) => this.shadowRoot.querySelector(selector);
    const size = Number(this.getAttribute('size')) || 1;
    const offset = upload ? upload.offset : Number(this.getAttribute('offset') ?? 0);
    const percent = Math.floor((100 * offset) / size);
    find('.choose span').textContent = this.#word(id ? 'again' : 'choose');
    find('.choose').hidden = Boolean(id && upload && upload.state !== 'failed');
    find('.bar').hidden = !id;
    find('.bar i').style.width = `${percent}%`;
    find('.bar').setAttribute('aria-valuenow', percent);
    const state = upload?.state;
    find('.said').textContent = id
      ? this.#word(state === 'waiting' || state === 'paused' ? state : 'sent', String(percent))
      : '';
    find('.pause').textContent = this.#word('pause');
    find('.go').textContent = this.#word('go');
    find('.pause').hidden = !(state === 'running' || state === 'waiting');
    find('.go').hidden = !(state === 'paused' || state === 'failed');
    find('.tools').hidden = !id;
    if (upload) this.#trouble(upload.trouble);
  }
}

if (!customElements.get('isthmus-upload')) customElements.define('isthmus-upload', IsthmusUpload);
