// Collects changes and applies them once per frame, so that a burst of events costs one layout. Hidden pages get no
// frames: there a timer does it.

export class FrameQueue<Item> {
  readonly #apply: (items: Item[]) => void;
  #items: Item[] = [];
  #scheduled = false;

  constructor(apply: (items: Item[]) => void) {
    this.#apply = apply;
  }

  start(): void {
    document.addEventListener("visibilitychange", this.#flush);
  }

  stop(): void {
    document.removeEventListener("visibilitychange", this.#flush);
    this.#items = [];
  }

  add(items: readonly Item[]): void {
    if (items.length === 0) return;
    this.#items.push(...items);
    if (this.#scheduled) return;
    this.#scheduled = true;
    if (document.hidden) {
      setTimeout(this.#flush, 0);
    } else {
      requestAnimationFrame(this.#flush);
    }
  }

  readonly #flush = (): void => {
    this.#scheduled = false;
    if (this.#items.length === 0) return;
    const items = this.#items;
    this.#items = [];
    this.#apply(items);
  };
}
