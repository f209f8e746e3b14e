// How long ago things were, in place of the absolute words that the server wrote: those go to the title. One timer for
// the page, and none while nobody looks.

import { keepStill } from "./keep_still.ts";
import { sinceInWords } from "./words.ts";

const renewedEvery = 60_000;

// Can be called again at any time; the same moment makes the same words.
export function sayRelativeTimes(root: ParentNode, now = new Date()): void {
  for (const time of root.querySelectorAll("time")) {
    const absolute = time.title === "" ? time.textContent : time.title;
    // Dates without a time of day are no moments.
    const relative = time.dateTime.includes("T") ? sinceInWords(time.dateTime, now) : null;
    const words = relative ?? absolute;
    if (time.textContent !== words) time.textContent = words;
    if (relative === null) time.removeAttribute("title");
    else if (time.title === "") time.title = absolute;
  }
}

export class RelativeTimes {
  #timer: number | undefined;

  start(): void {
    document.addEventListener("visibilitychange", this.#renew);
    this.#renew();
  }

  // Longer words may take a line more or less: what stands above the reader does not push them.
  readonly #renew = (): void => {
    clearTimeout(this.#timer);
    if (document.hidden) return;
    const list = document.querySelector(".posts") ?? document.querySelector("main");
    if (list !== null) keepStill(list, () => sayRelativeTimes(document));
    this.#timer = window.setTimeout(this.#renew, renewedEvery);
  };
}
