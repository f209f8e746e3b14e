// The form that rates a film: a choice is saved at once. Without this its buttons send it.

import { rateFilm, Refusal } from "./api.ts";
import type { LiveFilm } from "./elements/live_film.ts";

// Keys pass through several scores on their way to one.
const pause = 300;

export class RateForm {
  readonly #form: HTMLFormElement;
  readonly #film: LiveFilm;
  readonly #unknownViewer: () => void;
  #stored: number | null;
  #wanted: number | null;
  #timer: number | undefined;
  #saving = false;

  // `unknownViewer` is called when the server no longer knows who rates.
  constructor(form: HTMLFormElement, film: LiveFilm, unknownViewer: () => void) {
    this.#form = form;
    this.#film = film;
    this.#unknownViewer = unknownViewer;
    this.#stored = this.#chosen;
    this.#wanted = this.#stored;
  }

  start(): void {
    this.#form.querySelector(".rate-save")?.remove();
    this.#form.addEventListener("change", () => this.#want(this.#chosen));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter?.classList.contains("rate-remove")) this.#want(null);
    });
  }

  get #chosen(): number | null {
    const score = new FormData(this.#form).get("score");
    return score === null ? null : Number(score);
  }

  set #chosen(score: number | null) {
    for (const choice of this.#form.querySelectorAll<HTMLInputElement>("input[name=score]")) {
      choice.checked = Number(choice.value) === score;
    }
  }

  #want(score: number | null): void {
    this.#wanted = score;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#save(), score === null ? 0 : pause);
  }

  async #save(): Promise<void> {
    if (this.#saving) return;
    this.#saving = true;
    while (this.#wanted !== this.#stored) {
      const asked = this.#wanted;
      try {
        const { rating } = await rateFilm(Number(this.#film.dataset["film"]), asked);
        this.#stored = asked;
        this.#film.show(rating);
      } catch (error) {
        this.#takeBack(error);
        break;
      }
      this.#say(asked === null ? "Removed." : `Saved: ${asked} of 10.`);
    }
    this.#saving = false;
    this.#show();
  }

  #takeBack(error: unknown): void {
    this.#wanted = this.#stored;
    this.#say(`Not saved. ${error instanceof Error ? error.message : ""}`.trim());
    if (error instanceof Refusal && error.status === 401) this.#unknownViewer();
  }

  #show(): void {
    this.#chosen = this.#stored;
    const remove = this.#form.querySelector<HTMLElement>(".rate-remove");
    if (remove === null) return;
    // The keyboard stays in the form when its button goes.
    if (this.#stored === null && remove === document.activeElement) this.#form.querySelector("input")?.focus();
    remove.hidden = this.#stored === null;
  }

  #say(words: string): void {
    const state = this.#form.querySelector(".rate-state");
    if (state !== null) state.textContent = words;
  }
}
