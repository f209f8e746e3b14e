// A form in which somebody writes a text: its errors, preview, count and draft, and Ctrl+Enter to send it. The composer
// and the edit of a post are both made of it.

import type { DraftStore } from "./draft_store.ts";
import { FormErrors } from "./form_errors.ts";
import { Preview } from "./preview.ts";
import { TextCount } from "./text_count.ts";

export interface Writer {
  submitted(event: SubmitEvent): void;
  // Something was typed.
  written(): void;
  // What is to be kept of the text as a draft; empty for nothing.
  draftOf(text: string): string;
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

  constructor(form: HTMLFormElement, field: HTMLTextAreaElement, drafts: DraftStore, writer: Writer) {
    this.form = form;
    this.field = field;
    this.#drafts = drafts;
    this.#writer = writer;
    this.errors = new FormErrors(form, field);
    this.preview = new Preview(form, field, this.errors);
    this.#count = new TextCount(form, field);
  }

  start(): void {
    this.form.addEventListener("submit", this.#submitted);
    this.field.addEventListener("input", this.#written);
    this.field.addEventListener("keydown", this.#pressed);
    window.addEventListener("pagehide", this.saveDraft);
    this.preview.start();
    this.#count.update();
  }

  stop(): void {
    this.form.removeEventListener("submit", this.#submitted);
    this.field.removeEventListener("input", this.#written);
    this.field.removeEventListener("keydown", this.#pressed);
    window.removeEventListener("pagehide", this.saveDraft);
    this.preview.stop();
    this.saveDraft();
  }

  set text(text: string) {
    this.field.value = text;
    this.#count.update();
    this.saveDraft();
  }

  readonly saveDraft = (): void => {
    if (this.#draftTimer !== null) clearTimeout(this.#draftTimer);
    this.#draftTimer = null;
    this.#drafts.writing = this.#writer.draftOf(this.field.value);
  };

  readonly #submitted = (event: SubmitEvent): void => this.#writer.submitted(event);

  readonly #written = (): void => {
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
