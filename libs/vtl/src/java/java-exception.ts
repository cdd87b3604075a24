/** What a method of Java throws. The message is the exception with its own message, as Java prints it. */
export class JavaException extends Error {
  constructor(
    readonly javaClass: string,
    message: string,
  ) {
    super(message);
  }
}

export function outOfBounds(javaClass: string, index: number, length: number): JavaException {
  return new JavaException(javaClass, `java.lang.IndexOutOfBoundsException: Index ${index} out of bounds for length ${length}`);
}
