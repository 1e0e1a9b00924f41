// The sections of a report, in the order of the page. A new section is one file and one line here; it returns null
// where the experiment has nothing for it.

import type { SectionBuilder } from '../document.ts'
import { ablation } from './ablation.ts'
import { ablationKinds } from './ablation-kinds.ts'
import { agreement } from './agreement.ts'
import { attribution } from './attribution.ts'
import { cells } from './cells.ts'
import { classifiers } from './classifiers.ts'
import { contextual } from './contextual.ts'
import { corpora } from './corpora.ts'
import { counters } from './counters.ts'
import { counting } from './counting.ts'
import { dynamics } from './dynamics.ts'
import { emergence } from './emergence.ts'
import { finding } from './finding.ts'
import { generalization } from './generalization.ts'
import { gradientNorms } from './gradient-norms.ts'
import { jacobianGrowth } from './jacobians.ts'
import { lagCurves } from './lag-curves.ts'
import { marginTraces } from './margin-trace.ts'
import { minimumBar } from './minimum-bar.ts'
import { patching } from './patching.ts'
import { perplexity } from './perplexity.ts'
import { precision } from './precision.ts'
import { minimalPairs } from './minimal-pairs.ts'
import { preferences } from './preferences.ts'
import { ranking } from './ranking.ts'
import { samples } from './samples.ts'
import { saturation } from './saturation.ts'
import { sensitivity } from './sensitivity-map.ts'
import { syntax } from './syntax.ts'
import { tagging } from './tagging.ts'
import { text } from './text.ts'
import { traces } from './traces.ts'
import { training } from './training.ts'
import { verbWeights } from './verb-weights.ts'

export const SECTIONS: readonly SectionBuilder[] = [
  cells, contextual, tagging, lagCurves, sensitivity, jacobianGrowth, gradientNorms, marginTraces, counting, traces, counters, precision, minimumBar, agreement,
  ablation, ablationKinds, corpora, patching, ranking, generalization, classifiers, attribution, verbWeights, syntax, dynamics, minimalPairs, preferences,
  finding, emergence, text, samples, saturation,
  perplexity, training,
]
