/** A code on its way to a person; `text` is a sentence in their language that holds it. */
export type CodeMessage = { to: string; code: string; text: string };

/** Whoever brings codes to phones. Rejects when it could not, and is then asked again with a new code. */
export type CodeSender = (message: CodeMessage) => Promise<void>;
