// A button beside a password that shows what was typed. The form is sent with the password hidden: browsers remember
// what stands in the other fields.

function addButton(field: HTMLInputElement): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "show-password";
  button.textContent = "Show password";
  const show = (shown: boolean): void => {
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  };
  show(false);
  button.addEventListener("click", () => show(field.type === "password"));
  field.form?.addEventListener("submit", () => show(false));
  field.after(button);
}

export function addShowPasswordButtons(): void {
  for (const field of document.querySelectorAll<HTMLInputElement>("input[type=password]")) addButton(field);
}
