// The sheet that names the keys, with the switch that turns them off. Made when it is first asked for.

const name = "foyer-keys";

const meanings: readonly (readonly [string, string])[] = [
  ["j, k", "next, previous post"],
  ["r", "reply to the post; what is selected in it is quoted"],
  ["l", "like the post, or take that back"],
  [".", "show what is new"],
  ["/", "search"],
  ["g h", "what is discussed now"],
  ["g f", "films"],
  ["Ctrl Enter", "send what you write"],
  ["Escape", "leave what you write; it is kept"],
  ["?", "this sheet"],
];

export class KeySheet {
  #dialog: HTMLDialogElement | null = null;
  readonly #boxes: HTMLInputElement[] = []; // in the sheet and among the settings

  // Storage can be switched off: then the keys are on, and the switch holds for the page.
  #on = this.#stored();

  get on(): boolean {
    return this.#on;
  }

  show(): void {
    this.#dialog ??= this.#make();
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  // The switch on the page of settings, too.
  fill(setting: HTMLElement): void {
    const all = document.createElement("button");
    all.type = "button";
    all.textContent = "Show the keys";
    all.addEventListener("click", () => this.show());
    setting.append(this.#switch(), all);
    setting.hidden = false;
  }

  #stored(): boolean {
    try {
      return localStorage.getItem(name) !== "off";
    } catch {
      return true;
    }
  }

  #turn(on: boolean): void {
    this.#on = on;
    for (const box of this.#boxes) box.checked = on;
    try {
      localStorage.setItem(name, on ? "on" : "off");
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    }
  }

  #make(): HTMLDialogElement {
    const dialog = document.createElement("dialog");
    dialog.className = "key-sheet";
    dialog.setAttribute("aria-labelledby", "key-sheet-title");
    const title = document.createElement("h2");
    title.id = "key-sheet-title";
    title.textContent = "Keys";
    const list = document.createElement("dl");
    for (const [keys, meaning] of meanings) {
      const term = document.createElement("dt");
      term.textContent = keys;
      const words = document.createElement("dd");
      words.textContent = meaning;
      list.append(term, words);
    }
    dialog.append(title, list, this.#switch(), this.#close(dialog));
    document.body.append(dialog);
    return dialog;
  }

  #switch(): HTMLElement {
    const label = document.createElement("label");
    label.className = "choice";
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = this.#on;
    this.#boxes.push(box);
    box.addEventListener("change", () => this.#turn(box.checked));
    label.append(box, " Single keys are on");
    return label;
  }

  #close(dialog: HTMLDialogElement): HTMLElement {
    const button = document.createElement("button");
    button.textContent = "Close";
    button.addEventListener("click", () => dialog.close());
    return button;
  }
}
