// Single keys for readers: to the next post, to answer or like it, to what is new. Silent in fields, in dialogs and with modifiers;
// the sheet that names them has a switch, as speech input and stray fingers press keys that nobody meant (WCAG 2.1.4).

import { KeySheet } from "./key_sheet.ts";
import { currentViewer } from "./viewer.ts";

// So long a "g" waits for the key that says where to.
const secondKeyWithin = 2_000;

function currentRow(): Element | null {
  return document.activeElement?.closest(".post-row") ?? null;
}

// The row below the bar, for a reader who has not begun to move by keys.
function rowInSight(): Element | null {
  const rows = [...document.querySelectorAll(".post-row")];
  return rows.find((row) => row.getBoundingClientRect().bottom > 64) ?? null;
}

function focusRow(row: Element | null): void {
  row?.scrollIntoView({ block: "nearest", behavior: "instant" });
  row?.querySelector<HTMLElement>(".post-link")?.focus();
}

function move(step: 1 | -1): void {
  const row = currentRow();
  if (row === null) {
    focusRow(rowInSight());
    return;
  }
  const next = step === 1 ? row.nextElementSibling : row.previousElementSibling;
  if (next !== null) focusRow(next);
}

function press(selector: string, within: ParentNode = document): void {
  const button = within.querySelector<HTMLElement>(selector);
  if (button?.checkVisibility() === true) button.click();
}

function search(): void {
  const fields = [...document.querySelectorAll<HTMLInputElement>("main input[type=search], #bar-q")];
  const field = fields.filter((candidate) => candidate.offsetParent !== null).at(-1);
  if (field === undefined) location.assign("/search#field-q");
  else field.focus();
}

function takesText(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, dialog, [contenteditable]") !== null;
}

export class Keys {
  readonly #sheet = new KeySheet();
  #goingSince = Number.NEGATIVE_INFINITY;

  start(): void {
    document.addEventListener("keydown", this.#pressed);
    const setting = document.getElementById("key-settings");
    if (setting !== null) this.#sheet.fill(setting);
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || takesText(event.target)) return;
    // The sheet itself can always be asked for: it holds the switch.
    if (!this.#sheet.on && event.key !== "?") return;
    const going = event.timeStamp - this.#goingSince < secondKeyWithin;
    this.#goingSince = Number.NEGATIVE_INFINITY;
    if (this.#act(event, going)) event.preventDefault();
  };

  // False when the key means nothing here.
  #act(event: KeyboardEvent, going: boolean): boolean {
    switch (event.key) {
      case "j":
        move(1);
        return true;
      case "k":
        move(-1);
        return true;
      case "r":
      case "q":
        press(".action-reply a", currentRow() ?? rowInSight() ?? document);
        return true;
      case "l":
        if (currentViewer() !== null) press(".like", currentRow() ?? rowInSight() ?? document);
        return true;
      case ".":
        press(".new-replies, .front-news a");
        return true;
      case "g":
        this.#goingSince = event.timeStamp;
        return true;
      case "h":
        if (going) location.assign("/");
        return going;
      case "f":
        if (going) location.assign("/films");
        return going;
      case "/":
        search();
        return true;
      case "?":
        this.#sheet.show();
        return true;
      default:
        return false;
    }
  }
}
