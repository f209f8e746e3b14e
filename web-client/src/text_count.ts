// Says how much of the limit a text uses, once it comes near it. Characters are counted as the server counts them: code
// points.

const shownFrom = 0.9;

export class TextCount {
  readonly #field: HTMLTextAreaElement;
  readonly #line: HTMLElement | null;
  readonly #limit: number;

  constructor(form: HTMLFormElement, field: HTMLTextAreaElement) {
    this.#field = field;
    this.#line = form.querySelector<HTMLElement>(".text-count");
    this.#limit = Number(this.#line?.dataset["limit"] ?? 0);
  }

  update(): void {
    if (this.#line === null) return;
    // No text has more code points than units, so short ones need no counting.
    const near = this.#field.value.length >= this.#limit * shownFrom;
    const count = near ? Array.from(this.#field.value).length : 0;
    this.#line.hidden = count < this.#limit * shownFrom;
    this.#line.classList.toggle("over", count > this.#limit);
    const over = count > this.#limit ? `, ${count - this.#limit} too many` : "";
    this.#line.textContent = `${count.toLocaleString("en")} of ${this.#limit.toLocaleString("en")} characters${over}`;
  }
}
