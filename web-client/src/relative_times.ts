// How long ago things were, in place of the absolute words that the server wrote: those go to the title. One timer for
// the page, and none while nobody looks.

import { keepStill } from "./keep_still.ts";
import { sinceInWords } from "./words.ts";

const renewedEvery = 60_000;

// The same moment makes the same words.
function say(time: HTMLTimeElement, now: Date): void {
  const absolute = time.title === "" ? time.textContent : time.title;
  // Dates without a time of day are no moments.
  const relative = time.dateTime.includes("T") ? sinceInWords(time.dateTime, now) : null;
  const words = relative ?? absolute;
  if (time.textContent !== words) time.textContent = words;
  if (relative === null) time.removeAttribute("title");
  else if (time.title === "") time.title = absolute;
}

// Can be called again at any time.
export function sayRelativeTimes(root: ParentNode, now = new Date()): void {
  for (const time of root.querySelectorAll("time")) say(time, now);
}

function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom >= 0 && top <= innerHeight;
}

// Words that would take another line, and so move what is read below them, wait until nobody sees them.
function renew(now: Date): void {
  const times = [...document.querySelectorAll("time")];
  const seen = new Set(times.filter(isInSight)); // all before the first change: each measurement after one lays out anew
  for (const time of times) {
    const row = seen.has(time) ? time.closest<HTMLElement>("li") : null;
    const [height, words] = [row?.offsetHeight, time.textContent];
    say(time, now);
    if (row?.offsetHeight !== height) time.textContent = words;
  }
}

export class RelativeTimes {
  #timer: number | undefined;

  start(): void {
    document.addEventListener("visibilitychange", this.#renew);
    this.#change(() => sayRelativeTimes(document));
    this.#wait();
  }

  readonly #renew = (): void => {
    clearTimeout(this.#timer);
    if (document.hidden) return;
    const now = new Date();
    this.#change(() => renew(now));
    this.#wait();
  };

  #wait(): void {
    this.#timer = window.setTimeout(this.#renew, renewedEvery);
  }

  // What stands above the reader does not push them.
  #change(changes: () => void): void {
    const list = document.querySelector(".posts") ?? document.querySelector("main");
    if (list !== null) keepStill(list, changes);
  }
}
