var i=`
.tools { position: absolute; top: 8px; right: 8px; display: flex; gap: 0; z-index: 2;
  background: var(--lumo-base-color, #fff); border: 1px solid var(--isthmus-line, #d5d9de); border-radius: 6px; overflow: hidden; }
.tools button { all: unset; box-sizing: border-box; width: 32px; height: 32px; display: grid; place-items: center; cursor: pointer;
  color: var(--lumo-secondary-text-color, #4b5563); border-left: 1px solid var(--isthmus-line, #d5d9de); }
.tools button:first-child { border-left: 0; }
.tools button:hover { background: var(--isthmus-hover, #f1f3f5); color: var(--lumo-body-text-color, #1b1f24); }
.tools button:focus-visible { outline: 2px solid var(--lumo-primary-color, #0b6e6e); outline-offset: -2px; }
.tools svg { width: 16px; height: 16px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
@media (pointer: coarse) { .tools button { width: 44px; height: 44px; } }
`,e=o=>`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${o}"/></svg>`,s={zoomIn:e("M8 3v10M3 8h10"),zoomOut:e("M3 8h10"),fit:e("M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4"),save:e("M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11"),copy:e("M5.5 5.5h8v8h-8zM3 10.5h-.5v-8h8V3"),done:e("M3 8.5 6.5 12 13 4.5")};function a(o,t){o.title=t,o.setAttribute("aria-label",t)}var r=class extends HTMLElement{static observedAttributes=["copy","copied"];#t;#o;constructor(){super(),this.attachShadow({mode:"open",delegatesFocus:!0}).innerHTML=`<style>${i}
      :host { display: inline-block; vertical-align: middle; }
      .tools { position: static; border: 0; background: none; display: inline-flex; }
      .tools button { width: 24px; height: 24px; border-radius: 6px; }
      .tools svg { width: 14px; height: 14px; }
      [data-done] { color: var(--state-complete, #1f7a4d); }
      .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    </style><span class="tools"><button type="button"></button></span><span class="said" role="status"></span>`,this.#t=this.shadowRoot.querySelector("button"),this.#t.addEventListener("click",t=>{t.stopPropagation(),this.#r()})}connectedCallback(){this.#e(!1)}disconnectedCallback(){clearTimeout(this.#o)}attributeChangedCallback(){this.#e(!1)}async#r(){try{navigator.clipboard?await navigator.clipboard.writeText(this.getAttribute("text")??""):this.#s()}catch{this.#s()}this.#e(!0),clearTimeout(this.#o),this.#o=setTimeout(()=>this.#e(!1),2e3)}#s(){let t=document.createElement("textarea");t.value=this.getAttribute("text")??"",t.style.cssText="position:fixed;opacity:0",document.body.append(t),t.select(),document.execCommand("copy"),t.remove(),this.#t.focus()}#e(t){this.#t.innerHTML=t?s.done:s.copy,this.#t.toggleAttribute("data-done",t);let n=this.getAttribute(t?"copied":"copy")??"";a(this.#t,n),this.shadowRoot.querySelector(".said").textContent=t?n:""}};customElements.get("isthmus-copy")||customElements.define("isthmus-copy",r);
