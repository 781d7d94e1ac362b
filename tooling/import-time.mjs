/** Prints how many milliseconds an import takes in this fresh process: `node tooling/import-time.mjs @gpt-ts/tokenizer`. */
const start = performance.now();
await import(process.argv[2]);
console.log(performance.now() - start);
