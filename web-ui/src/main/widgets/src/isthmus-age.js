// How long ago `at` was, or `until` in how long it will be, kept true without asking the server. The
// words are those of Formats.java, which writes the first.
const words = {
  en: { ago: (time) => `${time} ago`, now: 'just now', until: (time) => `in ${time}`, reached: 'now', day: 'd' },
  fr: { ago: (time) => `il y a ${time}`, now: 'à l’instant', until: (time) => `dans ${time}`, reached: 'maintenant', day: 'j' },
};

const shown = new Set();
let timer;

function duration(seconds, language) {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400).toLocaleString(language)} ${words[language].day}`;
}

class IsthmusAge extends HTMLElement {
  connectedCallback() {
    shown.add(this);
    timer ??= setInterval(() => shown.forEach((each) => each.tell()), 5000);
  }

  disconnectedCallback() {
    shown.delete(this);
    if (!shown.size) timer = clearInterval(timer);
  }

  tell() {
    const language = document.documentElement.lang.startsWith('fr') ? 'fr' : 'en';
    const { ago, now, until, reached } = words[language];
    const past = Math.floor((Date.now() - Date.parse(this.getAttribute('at'))) / 1000);
    const coming = this.hasAttribute('until');
    const seconds = coming ? -past : past;
    const text = seconds > 0 ? (coming ? until : ago)(duration(seconds, language)) : coming ? reached : now;
    // The text node stays, as it is the server's.
    if (this.firstChild && this.firstChild.data !== text) this.firstChild.data = text;
  }
}

if (!customElements.get('isthmus-age')) customElements.define('isthmus-age', IsthmusAge);
