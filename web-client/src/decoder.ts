// Turns `unknown` from the wire into typed values, or throws a DecodeError that names the field. Unknown fields are
// ignored, so that a newer server can add some.

export class DecodeError extends Error {
  constructor(path: string, expected: string) {
    super(`${path === "" ? "the message" : path} is not ${expected}`);
    this.name = "DecodeError";
  }
}

export type Decoder<Value> = (value: unknown, path: string) => Value;
export type Decoded<Some> = Some extends Decoder<infer Value> ? Value : never;

export const text: Decoder<string> = (value, path) => {
  if (typeof value !== "string") throw new DecodeError(path, "a text");
  return value;
};

export const integer: Decoder<number> = (value, path) => {
  if (!Number.isSafeInteger(value)) throw new DecodeError(path, "a whole number");
  return value as number;
};

export const decimal: Decoder<number> = (value, path) => {
  if (!Number.isFinite(value)) throw new DecodeError(path, "a number");
  return value as number;
};

export const flag: Decoder<boolean> = (value, path) => {
  if (typeof value !== "boolean") throw new DecodeError(path, "true or false");
  return value;
};

export const anything: Decoder<unknown> = (value) => value;

export function oneOf<const Words extends readonly string[]>(...words: Words): Decoder<Words[number]> {
  return (value, path) => {
    const found = words.find((word) => word === value);
    if (found === undefined) throw new DecodeError(path, `one of ${words.join(", ")}`);
    return found;
  };
}

export function nullable<Value>(decoder: Decoder<Value>): Decoder<Value | null> {
  return (value, path) => (value === null ? null : decoder(value, path));
}

// Absent becomes undefined.
export function optional<Value>(decoder: Decoder<Value>): Decoder<Value | undefined> {
  return (value, path) => (value === undefined ? undefined : decoder(value, path));
}

export function list<Value>(decoder: Decoder<Value>): Decoder<Value[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new DecodeError(path, "a list");
    return value.map((item: unknown, at) => decoder(item, `${path}[${at}]`));
  };
}

type Shape = Readonly<Record<string, Decoder<unknown>>>;
type Fields<Some extends Shape> = { readonly [Name in keyof Some]: Decoded<Some[Name]> };

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function object<const Some extends Shape>(shape: Some): Decoder<Fields<Some>> {
  const names = Object.keys(shape) as (keyof Some & string)[];
  return (value, path) => {
    if (!isRecord(value)) throw new DecodeError(path, "an object");
    const prefix = path === "" ? "" : `${path}.`;
    const entries = names.map((name) => [name, shape[name]?.(value[name], prefix + name)] as const);
    return Object.fromEntries(entries) as Fields<Some>;
  };
}

// A JSON text of this form; throws a DecodeError for anything else.
export function decodeJson<Value>(json: string, decoder: Decoder<Value>): Value {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new DecodeError("", "JSON");
  }
  return decoder(value, "");
}
