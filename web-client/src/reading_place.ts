// What of the thread has been on the screen. Rows that come while the page is open are new until they were seen: they
// are tinted, the button at the foot counts those that stand below, and the tab counts those that came while it was
// hidden. A reader who comes back is shown where the new ones begin.

import type { LastVisit } from "./last_visit.ts";
import type { PageTitle } from "./page_title.ts";
import { countInWords } from "./words.ts";

// The bar and the composer cover that much of the window.
const seenArea = "-64px 0px -72px 0px";
// Screen readers hear of new replies at most this often.
const announceEvery = 10_000;

function numberIn(row: Element): number {
  return Number(row.querySelector("article")?.dataset["number"] ?? 0);
}

export class ReadingPlace {
  readonly #thread: HTMLElement;
  readonly #title: PageTitle;
  readonly #visit: LastVisit | null;
  // How far the reader had come when this page was opened.
  readonly #cameTo: number | null;
  readonly #button: HTMLButtonElement | null;
  readonly #status: HTMLElement | null;
  // Rows that are not seen yet; no more than stand in the page.
  readonly #unseen = new Set<Element>();
  readonly #observer = new IntersectionObserver((entries) => this.#appeared(entries), { rootMargin: seenArea });
  #missed = 0;
  #farthest = 0;
  #announceTimer: number | undefined;

  // Without a visit nothing is remembered: a film that has no thread yet.
  constructor(thread: HTMLElement, title: PageTitle, visit: LastVisit | null) {
    this.#thread = thread;
    this.#title = title;
    this.#visit = visit;
    this.#cameTo = visit?.number ?? null;
    this.#button = thread.querySelector<HTMLButtonElement>(".new-replies");
    this.#status = thread.querySelector<HTMLElement>(".new-replies-status");
  }

  start(): void {
    this.#button?.addEventListener("click", this.#goToFirst);
    document.addEventListener("visibilitychange", this.#lookedAt);
    window.addEventListener("pagehide", this.#remember);
    this.markReturn();
    for (const row of this.#thread.querySelectorAll(".post-row")) this.#observer.observe(row);
  }

  stop(): void {
    this.#remember();
    this.#button?.removeEventListener("click", this.#goToFirst);
    document.removeEventListener("visibilitychange", this.#lookedAt);
    window.removeEventListener("pagehide", this.#remember);
    this.#observer.disconnect();
    clearTimeout(this.#announceTimer);
  }

  // A post came while the page was open.
  arrived(row: HTMLElement): void {
    this.#observer.observe(row);
    if (row.classList.contains("own")) return;
    row.classList.add("new");
    this.#unseen.add(row);
    if (document.hidden) {
      this.#missed += 1;
      this.#title.missed = this.#missed;
    }
    this.#count();
  }

  // Shows where the new ones begin, when that stands in the page. The line lies over the hairline between two rows, so
  // that nothing moves.
  markReturn(): void {
    if (this.#cameTo === null || this.#thread.querySelector(".visit-line") !== null) return;
    const next = this.#thread.querySelector(`#post-${this.#cameTo + 1}`)?.closest(".post-row");
    if (next === null || next === undefined) return;
    const line = document.createElement("p");
    line.className = "visit-line";
    line.textContent = "New since your last visit";
    next.classList.add("first-new");
    next.prepend(line);
  }

  // Brings the first new reply to the top of the window and the keyboard with it.
  readonly #goToFirst = (): void => {
    const first = this.#firstUnseen();
    first?.scrollIntoView({ block: "start", behavior: "instant" });
    first?.querySelector<HTMLElement>(".post-link")?.focus({ preventScroll: true });
  };

  readonly #lookedAt = (): void => {
    if (document.hidden) {
      this.#remember();
      return;
    }
    this.#missed = 0;
    this.#title.missed = 0;
    // What stands on the screen already is looked at anew.
    for (const row of this.#unseen) {
      this.#observer.unobserve(row);
      this.#observer.observe(row);
    }
  };

  readonly #remember = (): void => {
    if (this.#farthest > 0) this.#visit?.note(this.#farthest);
  };

  #appeared(entries: readonly IntersectionObserverEntry[]): void {
    if (document.hidden) return;
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      this.#observer.unobserve(target);
      this.#farthest = Math.max(this.#farthest, numberIn(target));
      if (this.#unseen.delete(target)) target.classList.add("seen");
    }
    this.#count();
  }

  #firstUnseen(): Element | null {
    let first: Element | null = null;
    for (const row of this.#unseen) {
      if (!row.isConnected) this.#unseen.delete(row);
      else if (first === null || numberIn(row) < numberIn(first)) first = row;
    }
    return first;
  }

  #inWords(): string {
    const comments = this.#thread.dataset["kind"] === "comments";
    const count = this.#unseen.size;
    return comments ? countInWords(count, "new comment", "new comments") : countInWords(count, "new reply", "new replies");
  }

  #count(): void {
    if (this.#button !== null) {
      this.#button.hidden = this.#unseen.size === 0;
      this.#button.textContent = this.#inWords();
    }
    if (this.#unseen.size === 0) return;
    this.#announceTimer ??= window.setTimeout(() => {
      this.#announceTimer = undefined;
      if (this.#status !== null) this.#status.textContent = this.#unseen.size === 0 ? "" : this.#inWords();
    }, announceEvery);
  }
}
