// Keeps the composer open after it was left, as long as closing it would move what the reader looks at: at the end of
// a page that grows shorter the browser scrolls back, and what is about to be clicked moves away under the pointer.

// What of the page lies below the window.
function below(): number {
  const { scrollHeight, scrollTop, clientHeight } = document.documentElement;
  return scrollHeight - scrollTop - clientHeight;
}

// The rest of the panel: the line of who is writing, the edge and some air.
const besideComposer = 48;

export class OpenComposer {
  readonly #composer: HTMLElement;
  #frame: number | null = null;

  constructor(composer: HTMLElement) {
    this.#composer = composer;
  }

  start(): void {
    this.#composer.addEventListener("focusin", this.#open);
    this.#composer.addEventListener("focusout", this.#look);
    document.addEventListener("scroll", this.#look, { passive: true });
  }

  stop(): void {
    this.#composer.removeEventListener("focusin", this.#open);
    this.#composer.removeEventListener("focusout", this.#look);
    document.removeEventListener("scroll", this.#look);
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  // What is scrolled to otherwise ends above the composer; its own field is always in sight, and scrolling for what is
  // typed there would take the thread away.
  #cover(height: number | null): void {
    document.documentElement.style.scrollPaddingBottom = height === null ? "" : `${height}px`;
  }

  readonly #open = (): void => {
    this.#composer.classList.add("open");
    this.#cover(0);
  };

  // After a frame: a press that takes the focus is followed by a click on what must still be there.
  readonly #look = (): void => {
    if (!this.#composer.classList.contains("open")) return;
    if (!this.#composer.matches(":focus-within")) this.#cover(this.#composer.clientHeight + besideComposer);
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      if (this.#composer.matches(":focus-within") || below() < this.#composer.clientHeight) return;
      this.#composer.classList.remove("open");
      this.#cover(null);
    });
  };
}
