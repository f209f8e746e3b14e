// A fresh key for one post: the server makes at most one post of it. crypto.randomUUID is missing on plain http.

export function freshPostKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
