// Shows a text as the server would render it, above the field it is written in. Asked for with a button, never by itself.

import { Refusal, renderPreview } from "./api.ts";
import type { FormErrors } from "./form_errors.ts";
import { setRenderedHtml } from "./live_html.ts";

export class Preview {
  readonly #field: HTMLTextAreaElement;
  readonly #errors: FormErrors;
  readonly #button: HTMLButtonElement | null;
  readonly #panel: HTMLElement | null;
  // The text whose rendering was asked for last: an answer to an older question says nothing any more.
  #asked: string | null = null;

  constructor(form: HTMLFormElement, field: HTMLTextAreaElement, errors: FormErrors) {
    this.#field = field;
    this.#errors = errors;
    this.#button = form.querySelector<HTMLButtonElement>(".preview-button");
    this.#panel = form.querySelector<HTMLElement>(".preview");
  }

  start(): void {
    if (this.#button === null) return;
    this.#button.setAttribute("aria-controls", this.#panel?.id ?? "");
    this.#button.setAttribute("aria-expanded", "false");
    this.#button.addEventListener("click", this.#pressed);
  }

  stop(): void {
    this.#button?.removeEventListener("click", this.#pressed);
  }

  close(): void {
    this.#asked = null;
    if (this.#panel !== null) this.#panel.hidden = true;
    this.#button?.setAttribute("aria-expanded", "false");
  }

  // Without this the button would send the form, and the server would answer with the whole page.
  readonly #pressed = (event: Event): void => {
    event.preventDefault();
    if (this.#panel?.hidden === false) {
      this.close();
      this.#field.focus();
    } else {
      void this.#show(this.#field.value);
    }
  };

  async #show(text: string): Promise<void> {
    this.#asked = text;
    let html: string;
    try {
      html = await renderPreview(text);
    } catch (error) {
      if (this.#asked !== text) return;
      const found = error instanceof Refusal ? error.problem?.errors?.map(({ message }) => message) : undefined;
      this.#errors.show(found ?? [error instanceof Error ? error.message : ""]);
      return;
    }
    if (this.#asked !== text || this.#panel === null) return;
    this.#errors.clear();
    setRenderedHtml(this.#panel, html);
    this.#panel.hidden = false;
    this.#button?.setAttribute("aria-expanded", "true");
  }
}
