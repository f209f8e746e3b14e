// What becomes of a film that was looked up: a chip of a new thread, a link in the text of an answer, or the address of
// its page in the field.

import type { FoundFilm } from "./api.ts";
import { FilmLookup } from "./film_lookup.ts";
import { filmTitle, yearInParentheses } from "./film_title.ts";

function addressOf({ id, slug }: FoundFilm): string {
  return `/films/${id}-${slug}`;
}

function linkOf(film: FoundFilm): string {
  return `[${film.title.replace(/[\\`*_[\]<>|&!]/g, "\\$&")}](${addressOf(film)})`;
}

function addChip(form: HTMLFormElement, film: FoundFilm): void {
  const list = form.querySelector(".film-chips");
  if (list === null) return;
  const present = list.querySelector<HTMLInputElement>(`input[value="${film.id}"]`);
  if (present !== null) {
    present.checked = true;
    return;
  }
  const item = document.createElement("li");
  const label = document.createElement("label");
  label.className = "choice";
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", name: "film", value: `${film.id}`, checked: true });
  const words = document.createElement("span");
  words.append(filmTitle(film.title), yearInParentheses(film.year));
  label.append(box, words);
  item.append(label);
  list.append(item);
}

// At most so many can be chosen: the field waits until one is taken away.
function keepBound(form: HTMLFormElement, input: HTMLInputElement): void {
  const most = Number(form.querySelector<HTMLElement>(".films-field")?.dataset["most"] ?? 1);
  input.disabled = form.querySelectorAll("input[name=film]:checked").length >= most;
}

function insertLink(form: HTMLFormElement, film: FoundFilm): void {
  const field = form.querySelector("textarea");
  if (field === null) return;
  const { selectionStart: from, selectionEnd: to, value } = field;
  const space = from > 0 && !/\s$/.test(value.slice(0, from)) ? " " : "";
  field.setRangeText(space + linkOf(film), from, to, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

function startField(field: HTMLElement): void {
  const input = field.querySelector("input");
  const form = field.closest("form");
  if (input === null || form === null) return;
  switch (field.dataset["use"]) {
    case "chips":
      new FilmLookup(input, (film) => {
        addChip(form, film);
        keepBound(form, input);
      }).start();
      form.querySelector(".find-film")?.remove();
      form.addEventListener("change", () => keepBound(form, input));
      keepBound(form, input);
      break;
    case "link":
      new FilmLookup(input, (film) => insertLink(form, film)).start();
      break;
    default:
      new FilmLookup(input, (film) => {
        input.value = addressOf(film);
      }).start();
  }
}

// What is remembered is asked of those only who look for a film.
function startClues(form: HTMLFormElement): void {
  const clues = form.querySelector<HTMLFieldSetElement>(".clue-fields");
  const show = (): void => {
    if (clues === null) return;
    clues.hidden = new FormData(form).get("kind") !== "identify";
    clues.disabled = clues.hidden;
  };
  form.addEventListener("change", show);
  show();
}

export function startFilmFields(): void {
  for (const field of document.querySelectorAll<HTMLElement>(".film-field")) startField(field);
  const form = document.querySelector<HTMLFormElement>("form.new-thread");
  if (form !== null) startClues(form);
}
