// Prefixes that share their first words, as a tree: one node a distinct prefix, level by level, so that a model reads
// every shared beginning once.

/** All distinct prefixes of one length. */
export interface TreeLevel {
  /** last token of each node's prefix, [nodes] */
  readonly tokens: Int32Array
  /** node of the level above that it continues, [nodes]; 0 in the first level */
  readonly parents: Int32Array
  /** prefixes that end in this level … */
  readonly members: Int32Array
  /** … and the node at which each of them ends */
  readonly memberNodes: Int32Array
}

/** Nodes stand in the order in which their prefixes first come. */
export function buildPrefixTree(prefixes: readonly Int32Array[]): TreeLevel[] {
  const levels: TreeLevel[] = []
  let nodeOf = new Int32Array(prefixes.length)
  let width = 1
  const longest = prefixes.reduce((length, prefix) => Math.max(length, prefix.length), 0)
  for (let depth = 0; depth < longest; depth++) {
    const children = new Map<number, number>()
    const tokens: number[] = []
    const parents: number[] = []
    const members: number[] = []
    const next = new Int32Array(prefixes.length)
    prefixes.forEach((prefix, index) => {
      if (depth >= prefix.length) return
      const key = prefix[depth] * width + nodeOf[index]
      let node = children.get(key)
      if (node === undefined) {
        node = tokens.length
        children.set(key, node)
        tokens.push(prefix[depth])
        parents.push(nodeOf[index])
      }
      next[index] = node
      if (depth === prefix.length - 1) members.push(index)
    })
    levels.push({
      tokens: Int32Array.from(tokens),
      parents: Int32Array.from(parents),
      members: Int32Array.from(members),
      memberNodes: Int32Array.from(members, (index) => next[index]),
    })
    nodeOf = next
    width = tokens.length
  }
  return levels
}
