// A form in which somebody writes a text: its errors, preview, count and draft, and Ctrl+Enter to send it. The composer
// and the edit of a post are both made of it.
//
// The draft is shared by all tabs on the same place. A tab writes it only when its own differs from the last that it
// read or wrote, and follows the others until something is typed in it.

import type { Draft, DraftStore } from "./draft_store.ts";
import { isSameDraft } from "./draft_store.ts";
import { FormErrors } from "./form_errors.ts";
import { Preview } from "./preview.ts";
import { TextCount } from "./text_count.ts";

export interface Writer {
  submitted(event: SubmitEvent): void;
  // Something was typed.
  written(): void;
  // What is to be kept of the text as a draft.
  draftOf(text: string): Draft;
  // The form is to show this draft.
  take(draft: Draft): void;
}

const draftPause = 400;

export class WritingForm {
  readonly form: HTMLFormElement;
  readonly field: HTMLTextAreaElement;
  readonly errors: FormErrors;
  readonly preview: Preview;
  readonly #count: TextCount;
  readonly #drafts: DraftStore;
  readonly #writer: Writer;
  #draftTimer: number | null = null;
  // As last read or written.
  #known: Draft;
  #typed: boolean;

  constructor(form: HTMLFormElement, field: HTMLTextAreaElement, drafts: DraftStore, writer: Writer) {
    this.form = form;
    this.field = field;
    this.#drafts = drafts;
    this.#writer = writer;
    this.#known = drafts.draft;
    // A text that the server gave back with its errors goes before an older draft.
    this.#typed = field.defaultValue !== "";
    this.errors = new FormErrors(form, field);
    this.preview = new Preview(form, field, this.errors);
    this.#count = new TextCount(form, field);
  }

  start(): void {
    this.form.addEventListener("submit", this.#submitted);
    this.field.addEventListener("input", this.#written);
    this.field.addEventListener("keydown", this.#pressed);
    window.addEventListener("storage", this.#follow);
    window.addEventListener("pageshow", this.#shown);
    window.addEventListener("pagehide", this.#left);
    this.preview.start();
    if (!this.#typed) this.#take();
    this.#count.update();
  }

  stop(): void {
    this.form.removeEventListener("submit", this.#submitted);
    this.field.removeEventListener("input", this.#written);
    this.field.removeEventListener("keydown", this.#pressed);
    window.removeEventListener("storage", this.#follow);
    window.removeEventListener("pageshow", this.#shown);
    window.removeEventListener("pagehide", this.#left);
    this.preview.stop();
    this.saveDraft();
  }

  set text(text: string) {
    this.field.value = text;
    this.#typed = text !== "";
    this.#count.update();
    this.saveDraft();
  }

  readonly saveDraft = (): void => {
    if (this.#draftTimer !== null) clearTimeout(this.#draftTimer);
    this.#draftTimer = null;
    const own = this.#writer.draftOf(this.field.value);
    if (isSameDraft(own, this.#known)) return;
    // Who has nothing more to write drops the own draft, not one that another tab has put in its place.
    if (own.writing !== "" || isSameDraft(this.#drafts.draft, this.#known)) this.#drafts.draft = own;
    this.#known = own;
  };

  readonly #left = (): void => {
    this.saveDraft();
    this.#typed = false;
  };

  readonly #follow = (): void => {
    if (!this.#typed && !isSameDraft(this.#drafts.draft, this.#known)) this.#take();
  };

  // For a way back the browser has put into the field what it held then: that may have been sent meanwhile.
  readonly #shown = (): void => {
    if (!this.#typed && this.field.value !== this.#drafts.draft.writing) this.#take();
  };

  #take(): void {
    this.#known = this.#drafts.draft;
    this.#writer.take(this.#known);
    this.#count.update();
  }

  readonly #submitted = (event: SubmitEvent): void => this.#writer.submitted(event);

  readonly #written = (): void => {
    this.#typed = true;
    this.#count.update();
    this.#writer.written();
    this.#draftTimer ??= window.setTimeout(this.saveDraft, draftPause);
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.form.requestSubmit();
  };
}
