// Items that share something with one another, directly or by way of others, are one cluster.

/**
 * The cluster of every item, named by one of its labels.
 * @param labels of each item, at least one; items with a label in common are of one cluster
 */
export function connectedClusters(labels: readonly (readonly string[])[]): string[] {
  const parents = new Map<string, string>()
  const rootOf = (label: string): string => {
    let root = label
    while (parents.has(root)) root = parents.get(root)!
    return root
  }
  for (const [first, ...others] of labels) {
    for (const other of others) {
      const [from, to] = [rootOf(other), rootOf(first)]
      if (from !== to) parents.set(from, to)
    }
  }
  return labels.map(([first]) => rootOf(first))
}
