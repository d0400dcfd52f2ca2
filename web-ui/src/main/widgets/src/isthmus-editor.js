// A YAML editor: what is wrong is shown at its line, what may be written is offered.
import { autocompletion } from '@codemirror/autocomplete';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, Transaction } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { basicSetup } from 'codemirror';
import { indentWithTab } from '@codemirror/commands';
import { data, upgrade, watchTheme } from './common.js';
import { phrases } from './phrases.js';

const quiet = 300; // ms without typing after which the server hears of a change

const looks = {
  light: {
    dark: false, surface: '#ffffff', gutter: '#f6f7f8', number: '#667078', text: '#1b1f24', line: '#d5d9de', active: '#f3f6f6', select: '#c9e4e3',
    caret: '#0b6e6e', key: '#0a5f73', string: '#1f6640', constant: '#8a4b00', comment: '#626b74', meta: '#7a3a8f', match: '#fbe7b2',
    error: '#b42318', warning: '#9a6700', info: '#0b6e6e',
  },
  dark: {
    dark: true, surface: '#161b20', gutter: '#1b2127', number: '#8b96a1', text: '#e4e8ec', line: '#333c45', active: '#1d242b', select: '#1f4a4a',
    caret: '#4cc3bf', key: '#74c7e0', string: '#8fd0a5', constant: '#e6b673', comment: '#97a1ab', meta: '#d0a3e0', match: '#5a4a16',
    error: '#ff8a7a', warning: '#e0b040', info: '#4cc3bf',
  },
};

function look(c) {
  const wave = (colour) =>
    `url('data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="6" height="3"><path d="m0 2.5 1.5-1.5L3 2.5 4.5 1 6 2.5" fill="none" stroke="${colour}" stroke-width="1"/></svg>`)}')`;
  const underline = (colour) => ({ backgroundImage: wave(colour), paddingBottom: '1px' });
  return [
    EditorView.theme(
      {
        '&': { height: '100%', color: c.text, backgroundColor: c.surface, fontSize: '13px' },
        '&.cm-focused': { outline: 'none' },
        '.cm-scroller': { fontFamily: 'var(--isthmus-mono, ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace)', lineHeight: '1.55' },
        '.cm-content': { caretColor: c.caret, padding: '8px 0' },
        '.cm-cursor, .cm-dropCursor': { borderLeftColor: c.caret, borderLeftWidth: '2px' },
        '.cm-gutters': { backgroundColor: c.gutter, color: c.number, border: 'none', borderRight: `1px solid ${c.line}` },
        '.cm-lineNumbers .cm-gutterElement': { padding: '0 8px 0 4px', fontVariantNumeric: 'tabular-nums' },
        '.cm-activeLine': { backgroundColor: `${c.active}` },
        '.cm-activeLineGutter': { backgroundColor: c.active, color: c.text },
        '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: c.select },
        '.cm-selectionMatch': { backgroundColor: c.select },
        '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: c.select, outline: 'none' },
        '.cm-searchMatch': { backgroundColor: c.match },
        '.cm-foldPlaceholder': { backgroundColor: c.gutter, border: `1px solid ${c.line}`, color: c.number, padding: '0 4px' },
        '.cm-panels': { backgroundColor: c.gutter, color: c.text, borderColor: c.line },
        '.cm-textfield': { backgroundColor: c.surface, color: c.text, border: `1px solid ${c.line}`, borderRadius: '6px' },
        '.cm-button': { backgroundImage: 'none', backgroundColor: c.surface, color: c.text, border: `1px solid ${c.line}`, borderRadius: '6px' },
        '.cm-tooltip': { backgroundColor: c.surface, color: c.text, border: `1px solid ${c.line}`, borderRadius: '6px', overflow: 'hidden', maxWidth: 'min(480px, 90vw)' },
        '.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px' },
        '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: c.select, color: c.text },
        '.cm-completionDetail': { color: c.comment, fontStyle: 'normal' },
        '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
        '.cm-diagnostic': { padding: '6px 10px', borderLeftWidth: '3px' },
        '.cm-diagnostic-error': { borderLeftColor: c.error },
        '.cm-diagnostic-warning': { borderLeftColor: c.warning },
        '.cm-diagnostic-info': { borderLeftColor: c.info },
        '.cm-lintRange-error': underline(c.error),
        '.cm-lintRange-warning': underline(c.warning),
        '.cm-lintRange-info': underline(c.info),
      },
      { dark: c.dark },
    ),
    syntaxHighlighting(
      HighlightStyle.define([
        { tag: [tags.definition(tags.propertyName), tags.propertyName], color: c.key, fontWeight: '600' },
        { tag: [tags.string, tags.special(tags.string), tags.content], color: c.text },
        { tag: [tags.string, tags.attributeValue], color: c.string },
        { tag: [tags.number, tags.bool, tags.null, tags.atom], color: c.constant },
        { tag: [tags.comment, tags.lineComment], color: c.comment, fontStyle: 'italic' },
        { tag: [tags.typeName, tags.labelName, tags.keyword, tags.meta], color: c.meta },
        { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: c.comment },
      ]),
    ),
  ];
}

const themes = { light: look(looks.light), dark: look(looks.dark) };

class IsthmusEditor extends HTMLElement {
  #view;
  #value = '';
  #diagnostics = [];
  #completes = false;
  #readOnly = false;
  #name = 'YAML';
  #timer;
  #unwatch;
  #theme = new Compartment();
  #mode = new Compartment();
  #attributes = new Compartment();
  #fromServer = false;
  #leaving = false;

  connectedCallback() {
    upgrade(this, 'value', 'diagnostics', 'completes', 'readOnly', 'label');
    this.style.display ||= 'block';
    this.#view = new EditorView({ parent: this, root: this.getRootNode(), state: this.#state(this.#value) });
    this.#unwatch = watchTheme(() => this.#view?.dispatch({ effects: this.#theme.reconfigure(this.#colours()) }));
    this.#mark();
  }

  disconnectedCallback() {
    this.#tell();
    this.#unwatch?.();
    this.#view?.destroy();
    this.#view = null;
  }

  focus() {
    this.#view?.focus();
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    const text = String(value ?? '').replace(/\r\n?/g, '\n');
    if (text === this.#value) return;
    this.#value = text;
    clearTimeout(this.#timer);
    if (!this.#view) return;
    this.#fromServer = true;
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
    this.#fromServer = false;
    this.#mark();
  }

  /** [{line, column, endColumn, message, severity}]: counted from 1; severity error, warning or info. */
  get diagnostics() {
    return this.#diagnostics;
  }

  set diagnostics(value) {
    this.#diagnostics = data(value, []);
    this.#mark();
  }

  /** Whether the server knows what may be written. */
  get completes() {
    return this.#completes;
  }

  set completes(value) {
    this.#completes = Boolean(value);
  }

  get readOnly() {
    return this.#readOnly;
  }

  set readOnly(value) {
    this.#readOnly = Boolean(value);
    this.#view?.dispatch({ effects: this.#mode.reconfigure(this.#writing()) });
  }

  /** What the editor is called by a screen reader. */
  get label() {
    return this.#name;
  }

  set label(value) {
    this.#name = String(value ?? '');
    this.#view?.dispatch({ effects: this.#attributes.reconfigure(this.#aria()) });
  }

  /** Puts the caret at a line and column counted from 1, in sight. */
  goTo(line, column = 1) {
    if (!this.#view) return;
    const { doc } = this.#view.state;
    const found = doc.line(Math.min(Math.max(1, line), doc.lines));
    const anchor = Math.min(found.to, found.from + Math.max(0, column - 1));
    this.#view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    this.#view.focus();
  }

  #state(doc) {
    return EditorState.create({
      doc,
      extensions: [
        this.#theme.of(this.#colours()),
        EditorState.phrases.of(phrases(this.closest('[lang]')?.lang ?? '')),
        basicSetup,
        // Before CodeMirror's own: Ctrl-Enter often submits, and what was typed must be known by then.
        keymap.of([{ key: 'Mod-Enter', run: () => (this.#tell(), false) }, indentWithTab]),
        indentUnit.of('  '),
        yaml(),
        lintGutter(),
        autocompletion({ icons: false, override: [(context) => this.#complete(context)] }),
        this.#mode.of(this.#writing()),
        this.#attributes.of(this.#aria()),
        EditorView.updateListener.of((update) => {
          // Who types on stays. A text that arrives meanwhile, or focus that settles, does not take the way out back.
          if (update.docChanged && update.transactions.some((each) => each.annotation(Transaction.userEvent)))
            this.#leave(update.view, false);
          if (update.docChanged) this.#changed();
        }),
        EditorView.domEventHandlers({
          // After Escape, Tab leaves; CodeMirror's own memory of it lasts two seconds, too short for some people.
          keydown: (event, view) => {
            if (event.key !== 'Escape') return false;
            // The first Escape is the editor's alone; only the next one closes the dialog around it.
            if (!this.#leaving) event.stopPropagation();
            this.#leave(view, true);
            return false;
          },
          blur: (event, view) => (this.#leave(view, false), this.#tell(), false),
        }),
      ],
    });
  }

  #leave(view, leaving) {
    this.#leaving = leaving;
    view.setTabFocusMode(leaving);
  }

  #colours() {
    const themed = document.documentElement.getAttribute('theme') ?? document.body.getAttribute('theme') ?? '';
    const near = this.closest('[theme~="dark"]');
    return near || themed.split(/\s+/).includes('dark') ? themes.dark : themes.light;
  }

  #writing() {
    return [EditorState.readOnly.of(this.#readOnly), EditorView.editable.of(!this.#readOnly)];
  }

  #aria() {
    // Said also where it may be written: what scrolls around it must have something that Tab reaches.
    return EditorView.contentAttributes.of({ 'aria-label': this.#name, tabindex: '0' });
  }

  #changed() {
    if (this.#fromServer) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), quiet);
  }

  #tell() {
    clearTimeout(this.#timer);
    const text = this.#view?.state.doc.toString();
    if (text === undefined || text === this.#value) return;
    this.#value = text;
    this.dispatchEvent(new CustomEvent('value-changed', { detail: { value: text }, bubbles: true, composed: true }));
  }

  #mark() {
    if (!this.#view) return;
    const { doc } = this.#view.state;
    const marks = this.#diagnostics.map(({ line, column = 1, endColumn, message, severity }) => {
      const found = doc.line(Math.min(Math.max(1, line || 1), doc.lines));
      const indent = /^\s*/.exec(found.text)[0].length;
      const from = Math.min(found.to, found.from + Math.max(0, column > 1 ? column - 1 : indent));
      const to = endColumn > column ? Math.min(found.to, found.from + endColumn - 1) : found.to;
      return { from, to: Math.max(from, to), message, severity: ['error', 'warning', 'info'].includes(severity) ? severity : 'error' };
    });
    this.#view.dispatch(setDiagnostics(this.#view.state, marks.sort((a, b) => a.from - b.from)));
  }

  async #complete(context) {
    const word = context.matchBefore(/[\w:.$%/-]+/);
    if (!this.#completes || !this.$server || this.#readOnly || (!word && !context.explicit)) return null;
    const line = context.state.doc.lineAt(context.pos);
    let options;
    try {
      options = JSON.parse(await this.$server.complete(context.state.doc.toString(), line.number, context.pos - line.from));
    } catch {
      return null; // The connection is lost, which the page tells; writing goes on.
    }
    if (context.aborted || !options.length) return null;
    // The server's order counts among words that match equally well.
    const ranked = options.map((option, i) => ({ ...option, boost: -Math.min(i, 99) / 2, type: 'text' }));
    return { from: word ? word.from : context.pos, options: ranked, validFor: /^[\w:.$%/-]*$/ };
  }
}

if (!customElements.get('isthmus-editor')) customElements.define('isthmus-editor', IsthmusEditor);
