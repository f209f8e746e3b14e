// A field that looks films up while a title is typed: a combobox with a list of what was found, as the ARIA practices
// describe it. Without it the form takes a title or the address of a film's page.

import type { FoundFilm } from "./api.ts";
import { findFilms } from "./api.ts";
import { filmTitle, yearInParentheses } from "./film_title.ts";

const pause = 200;

export class FilmLookup {
  readonly #input: HTMLInputElement;
  readonly #list = document.createElement("ul");
  readonly #status = document.createElement("p");
  readonly #chosen: (film: FoundFilm) => void;
  #films: readonly FoundFilm[] = [];
  #active = -1;
  #timer: number | undefined;
  #reading: AbortController | null = null;

  constructor(input: HTMLInputElement, chosen: (film: FoundFilm) => void) {
    this.#input = input;
    this.#chosen = chosen;
  }

  start(): void {
    const { id } = this.#input;
    this.#list.id = `${id}-found`;
    this.#list.className = "film-options";
    this.#list.hidden = true;
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", "Films");
    this.#status.className = "visually-hidden";
    this.#status.setAttribute("role", "status");
    this.#input.setAttribute("role", "combobox");
    this.#input.setAttribute("aria-autocomplete", "list");
    this.#input.setAttribute("aria-controls", this.#list.id);
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.after(this.#list, this.#status);
    this.#input.addEventListener("input", this.#typed);
    this.#input.addEventListener("keydown", this.#pressed);
    this.#input.addEventListener("blur", () => this.#close());
    // Before the field loses the focus, which would close the list under the pointer.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", ({ target }) => {
      const option = target instanceof Element ? target.closest("li") : null;
      if (option !== null) this.#choose([...this.#list.children].indexOf(option));
    });
  }

  readonly #typed = (): void => {
    clearTimeout(this.#timer);
    this.#reading?.abort();
    const text = this.#input.value.trim();
    if (text === "") {
      this.#close();
    } else {
      this.#timer = window.setTimeout(() => void this.#find(text), pause);
    }
  };

  async #find(text: string): Promise<void> {
    const reading = new AbortController();
    this.#reading = reading;
    try {
      const films = await findFilms(text, reading.signal);
      if (!reading.signal.aborted) this.#show(films);
    } catch {
      // Nothing to offer; the field still takes the address of a page.
      if (!reading.signal.aborted) this.#close();
    }
  }

  #show(films: readonly FoundFilm[]): void {
    this.#films = films;
    this.#list.replaceChildren(...films.map((film, at) => this.#option(film, at)));
    this.#open(films.length > 0 && document.activeElement === this.#input);
    this.#activate(-1);
    this.#status.textContent = films.length === 0 ? "No film found" : `${films.length} found`;
  }

  #option(film: FoundFilm, at: number): HTMLLIElement {
    const option = document.createElement("li");
    option.id = `${this.#list.id}-${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const director = film.director ? `, ${film.director}` : "";
    option.append(filmTitle(film.title), yearInParentheses(film.year), director);
    return option;
  }

  #open(open: boolean): void {
    this.#list.hidden = !open;
    this.#input.setAttribute("aria-expanded", `${open}`);
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#reading?.abort();
    this.#open(false);
    this.#activate(-1);
  }

  #activate(at: number): void {
    this.#active = at;
    [...this.#list.children].forEach((option, place) => option.setAttribute("aria-selected", `${place === at}`));
    const active = this.#list.children[at];
    if (active === undefined) {
      this.#input.removeAttribute("aria-activedescendant");
    } else {
      this.#input.setAttribute("aria-activedescendant", active.id);
      active.scrollIntoView({ block: "nearest" });
    }
  }

  #choose(at: number): void {
    const film = this.#films[at];
    if (film === undefined) return;
    this.#input.value = "";
    this.#close();
    this.#status.textContent = `${film.title} chosen`;
    this.#chosen(film);
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const { key } = event;
    const count = this.#list.children.length;
    if (key === "Escape" && !this.#list.hidden) {
      event.preventDefault();
      this.#close();
    } else if (key === "Enter" && !event.ctrlKey && !event.metaKey) {
      // What was typed is no choice yet; the address of a page is, for the form.
      if (this.#list.hidden && this.#input.value.includes("/")) return;
      event.preventDefault();
      if (!this.#list.hidden) this.#choose(Math.max(this.#active, 0));
    } else if ((key === "ArrowDown" || key === "ArrowUp") && count > 0) {
      event.preventDefault();
      if (this.#list.hidden) this.#open(true);
      const step = key === "ArrowDown" ? 1 : -1;
      this.#activate(this.#active < 0 && step < 0 ? count - 1 : (this.#active + step + count) % count);
    }
  };
}
