// The title of a film as pages write it.

export function filmTitle(title: string): HTMLElement {
  const cite = document.createElement("cite");
  cite.className = "film-title";
  cite.textContent = title;
  return cite;
}

// " (1957)" or ""
export function yearInParentheses(year: number | null): string {
  return year === null ? "" : ` (${year})`;
}
