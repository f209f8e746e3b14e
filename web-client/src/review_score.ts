// The score of a review, written as the server writes it (server/pages/reviews.cpp).

export function showScore(place: Element, score: number | null): void {
  const words = score === null ? "" : ` ${score} of 10`;
  if (place.lastChild?.textContent === words) return;
  const stars = document.createElement("span");
  stars.setAttribute("aria-hidden", "true");
  stars.textContent = "★".repeat((score ?? 0) / 2) + ((score ?? 0) % 2 === 1 ? "½" : "");
  place.replaceChildren(...(score === null ? [] : [stars, words]));
}
