// Times and counts in the same words as the server's pages (server/pages/words.cpp): a post that arrives live reads
// like one that was there on load.

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

// "23 November 2026, 15:52 UTC"
export function timeInWords(rfc3339: string): string {
  const time = new Date(rfc3339);
  const date = `${time.getUTCDate()} ${months[time.getUTCMonth()] ?? ""} ${time.getUTCFullYear()}`;
  return `${date}, ${twoDigits(time.getUTCHours())}:${twoDigits(time.getUTCMinutes())} UTC`;
}

// Who writes at the moment; names up to three, then their number.
export function typingInWords(names: readonly string[]): string {
  if (names.length === 0) return "";
  if (names.length > 3) return `${names.length} people are writing…`;
  const last = names[names.length - 1] ?? "";
  const all = names.length === 1 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
  return `${all} ${names.length === 1 ? "is" : "are"} writing…`;
}

export function countInWords(count: number, singular: string, plural: string): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
