// Collects changes and applies them at most once per frame and in bounded portions, so that a burst of events costs
// little layout and leaves the page time to answer its reader. Hidden pages get no frames, and nobody waits for one:
// there a timer applies all that came.

// A row costs about 0.7 ms, mostly layout: this many stay below a long task.
const portion = 40;
// More do not wait: whatever holds the frames back, memory stays bounded.
const most = 10_000;

export class FrameQueue<Item> {
  readonly #apply: (items: Item[]) => void;
  #items: Item[] = [];
  #scheduled = false;

  constructor(apply: (items: Item[]) => void) {
    this.#apply = apply;
  }

  start(): void {
    document.addEventListener("visibilitychange", this.flush);
  }

  stop(): void {
    document.removeEventListener("visibilitychange", this.flush);
    this.#items = [];
  }

  add(items: readonly Item[]): void {
    this.#items.push(...items);
    if (this.#items.length > most) this.flush();
    this.#schedule();
  }

  // Applies all that waits, now.
  readonly flush = (): void => {
    this.#applyFirst(this.#items.length);
  };

  #schedule(): void {
    if (this.#scheduled || this.#items.length === 0) return;
    this.#scheduled = true;
    if (document.hidden) {
      setTimeout(() => this.#due(this.#items.length), 0);
    } else {
      requestAnimationFrame(() => this.#due(portion));
    }
  }

  #due(count: number): void {
    this.#scheduled = false;
    this.#applyFirst(count);
    this.#schedule();
  }

  #applyFirst(count: number): void {
    if (this.#items.length === 0) return;
    this.#apply(this.#items.splice(0, count));
  }
}
