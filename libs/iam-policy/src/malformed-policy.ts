/** A policy document that says something that cannot be evaluated; the message tells what, in IAM's words where it has some. */
export class MalformedPolicy extends Error {}
