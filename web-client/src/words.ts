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

const minute = 60_000;
const day = 24 * 60 * minute;
// A reader's clock may be that much behind the server's.
const clocksDiffer = 5 * minute;
const daysSaid = 7;

function midnightOf(time: Date): number {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}

// "5 minutes ago", "yesterday at 14:05", with days as the reader's calendar has them. Null for what is older than a
// week, or ahead of the reader's clock: there the absolute words have to do.
export function sinceInWords(rfc3339: string, now: Date): string | null {
  const time = new Date(rfc3339);
  const passed = now.getTime() - time.getTime();
  // Days are not equally long where clocks are put forward and back.
  const days = Math.round((midnightOf(now) - midnightOf(time)) / day);
  if (!(passed >= -clocksDiffer) || days > daysSaid) return null;
  const minutes = Math.floor(passed / minute);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${countInWords(minutes, "minute", "minutes")} ago`;
  if (days === 0) return `${countInWords(Math.floor(minutes / 60), "hour", "hours")} ago`;
  if (days === 1) return `yesterday at ${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`;
  return `${days} days ago`;
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

// "7.8", with one digit after the point
export function scoreInWords(score: number): string {
  return score.toFixed(1);
}

// "of 10 from 12 ratings", after the average
export function ratingInWords(count: number): string {
  return count === 0 ? "No ratings yet" : `of 10 from ${countInWords(count, "rating", "ratings")}`;
}
