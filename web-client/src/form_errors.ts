// Shows what the server found wrong with the text, in the same markup as the pages it renders.

export class FormErrors {
  readonly #form: HTMLFormElement;
  readonly #field: HTMLTextAreaElement;
  readonly #describedBy: string;
  readonly #id: string;

  constructor(form: HTMLFormElement, field: HTMLTextAreaElement) {
    this.#form = form;
    this.#field = field;
    this.#id = field.id.replace("field-", "error-");
    const described = (field.getAttribute("aria-describedby") ?? "").split(" ");
    this.#describedBy = described.filter((id) => id !== this.#id).join(" ");
  }

  show(messages: readonly string[]): void {
    this.clear();
    const error = document.createElement("p");
    error.className = "field-error";
    error.id = this.#id;
    error.setAttribute("role", "alert");
    error.textContent = messages.join(" ");
    this.#field.before(error);
    this.#field.setAttribute("aria-invalid", "true");
    this.#field.setAttribute("aria-describedby", `${this.#id} ${this.#describedBy}`.trim());
    this.#field.focus();
  }

  clear(): void {
    for (const old of this.#form.querySelectorAll(".form-errors, .field-error")) old.remove();
    this.#field.removeAttribute("aria-invalid");
    this.#field.setAttribute("aria-describedby", this.#describedBy);
  }
}
