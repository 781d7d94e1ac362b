/** Texts and shards on disk. Import from `@gpt-ts/data/node`. */
export { openFile } from './node/open-file.js';
export { openShardFolder, type ShardFolderOptions, shardsIn } from './node/open-shard-folder.js';
export { decodeText, readText } from './node/read-text.js';
export { unreadable } from './node/unreadable.js';
