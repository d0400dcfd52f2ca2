function n(e,...t){for(let s of t)if(Object.prototype.hasOwnProperty.call(e,s)){let a=e[s];delete e[s],e[s]=a}}var c=`
.tools { position: absolute; top: 8px; right: 8px; display: flex; gap: 0; z-index: 2;
  background: var(--lumo-base-color, #fff); border: 1px solid var(--isthmus-line, #d5d9de); border-radius: 6px; overflow: hidden; }
.tools button { all: unset; box-sizing: border-box; width: 32px; height: 32px; display: grid; place-items: center; cursor: pointer;
  color: var(--lumo-secondary-text-color, #4b5563); border-left: 1px solid var(--isthmus-line, #d5d9de); }
.tools button:first-child { border-left: 0; }
.tools button:hover { background: var(--isthmus-hover, #f1f3f5); color: var(--lumo-body-text-color, #1b1f24); }
.tools button:focus-visible { outline: 2px solid var(--lumo-primary-color, #0b6e6e); outline-offset: -2px; }
.tools svg { width: 16px; height: 16px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
@media (pointer: coarse) { .tools button { width: 44px; height: 44px; } }
`,o=e=>`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${e}"/></svg>`,r={zoomIn:o("M8 3v10M3 8h10"),zoomOut:o("M3 8h10"),fit:o("M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4"),save:o("M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11"),copy:o("M5.5 5.5h8v8h-8zM3 10.5h-.5v-8h8V3"),done:o("M3 8.5 6.5 12 13 4.5")};function l(e,t){e.title=t,e.setAttribute("aria-label",t)}var i=class extends HTMLElement{#o="";#t={copy:"Copy",copied:"Copied"};#e;#r;constructor(){super(),this.attachShadow({mode:"open",delegatesFocus:!0}).innerHTML=`<style>${c}
      :host { display: inline-block; vertical-align: middle; }
      .tools { position: static; border: 0; background: none; display: inline-flex; }
      .tools button { width: 24px; height: 24px; border-radius: 6px; }
      .tools svg { width: 14px; height: 14px; }
      [data-done] { color: var(--state-complete, #1f7a4d); }
      .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    </style><span class="tools"><button type="button"></button></span><span class="said" role="status"></span>`,this.#e=this.shadowRoot.querySelector("button"),this.#e.addEventListener("click",t=>{t.stopPropagation(),this.#n()})}connectedCallback(){n(this,"text","texts"),this.#s(!1)}disconnectedCallback(){clearTimeout(this.#r)}get text(){return this.#o}set text(t){this.#o=String(t??"")}get texts(){return this.#t}set texts(t){this.#t={...this.#t,...typeof t=="string"?JSON.parse(t):t},this.#s(!1)}async#n(){try{navigator.clipboard?await navigator.clipboard.writeText(this.#o):this.#i()}catch{this.#i()}this.#s(!0),clearTimeout(this.#r),this.#r=setTimeout(()=>this.#s(!1),2e3)}#i(){let t=document.createElement("textarea");t.value=this.#o,t.style.cssText="position:fixed;opacity:0",document.body.append(t),t.select(),document.execCommand("copy"),t.remove(),this.#e.focus()}#s(t){this.#e.innerHTML=t?r.done:r.copy,this.#e.toggleAttribute("data-done",t),l(this.#e,t?this.#t.copied:this.#t.copy),this.shadowRoot.querySelector(".said").textContent=t?this.#t.copied:""}};customElements.get("isthmus-copy")||customElements.define("isthmus-copy",i);
