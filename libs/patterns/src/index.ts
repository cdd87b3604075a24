export { compileEcmaPattern } from './ecma-pattern.js';
export { compileJavaPattern } from './java-pattern.js';
export { PatternMatcher, UndecidedMatch } from './pattern-matcher.js';
export { PatternSearch } from './pattern-search.js';
export { sizeOf, type LookingProgram } from './program-writer.js';
export { UnsupportedPattern } from './unsupported-pattern.js';
