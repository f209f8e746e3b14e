// Beside the title of a new thread: the threads that may be about the same. They stand in a line of their own that is there
// from the beginning, closed until somebody opens it, so that nothing moves while people type.

import { Refusal, NoAnswer, threadsLike } from "./api.ts";
import type { Suggestion } from "./protocol.ts";
import { countInWords } from "./words.ts";

const pause = 400; // milliseconds without a key
const fewestCharacters = 6;

function listOf(found: readonly Suggestion[]): HTMLElement {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = countInWords(found.length, "similar discussion", "similar discussions");
  const list = document.createElement("ul");
  for (const { thread, reason } of found) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `/threads/${thread.id}-${thread.slug}`;
    link.target = "_blank"; // what was typed stays
    link.textContent = thread.title;
    const why = document.createElement("span");
    why.className = "meta";
    why.textContent = ` ${countInWords(thread.reply_count, "reply", "replies")} · ${reason}`;
    item.append(link, why);
    list.append(item);
  }
  details.append(summary, list);
  return details;
}

export class TitleSuggestions {
  readonly #field: HTMLInputElement;
  readonly #place: HTMLElement;
  #timer: number | undefined;
  #asked = 0;
  #shown = "";

  constructor(field: HTMLInputElement, place: HTMLElement) {
    this.#field = field;
    this.#place = place;
  }

  start(): void {
    this.#field.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => void this.#ask(), pause);
    });
  }

  async #ask(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const title = this.#field.value.trim();
    let found: readonly Suggestion[] = [];
    try {
      if (title.length >= fewestCharacters) found = await threadsLike(title, this.#film());
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof NoAnswer)) throw error;
    }
    if (asked !== this.#asked) return;
    const ids = found.map(({ thread }) => thread.id).join(" ");
    if (ids === this.#shown) return;
    this.#shown = ids;
    this.#place.replaceChildren(...(found.length > 0 ? [listOf(found)] : []));
  }

  #film(): string | null {
    return this.#field.form?.querySelector<HTMLInputElement>('input[name="film"]:checked')?.value ?? null;
  }
}

export function suggestForTitle(): void {
  const place = document.querySelector<HTMLElement>(".title-suggestions");
  const field = place?.closest("form")?.elements.namedItem("title");
  if (place && field instanceof HTMLInputElement) new TitleSuggestions(field, place).start();
}
