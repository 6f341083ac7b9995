"""English words as key phrases need them told apart. Corpus statistics cannot: in a small corpus boiler-plate is rare.

Written from the most frequent words of arXiv abstracts. A word that is part of some field's terms is in a milder class:
"large" parts nothing, because there are large language models."""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _forms(verb: str) -> set[str]:
    """`apply` -> apply, applies, applied, applying."""
    if verb.endswith("e"):
        return {verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"}
    if verb.endswith("y") and verb[-2] not in "aeou":
        return {verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"}
    return {verb, f"{verb}es" if verb.endswith(("s", "x", "ch", "sh")) else f"{verb}s", f"{verb}ed", f"{verb}ing"}


# All four forms stand in no term.
_VERBS: Final = """
    accommodate achieve acquire add adjust admit adopt affect aid aim alleviate allow amount analyse analyze appear
    apply argue arrive ask assert assess assign assume attain attempt attract avoid believe belong benefit bridge
    bring calculate carry characterize combine compare comprise conclude conduct confirm consider consist constitute
    construct contain contend continue contribute correspond create deal decrease define degrade deliver demonstrate
    denote depend derive describe deserve detail determine develop devise differ discover discuss distinguish
    eliminate elucidate emerge emphasize employ empower encompass encounter encourage enhance enrich ensure entail
    establish evaluate exacerbate examine exceed exhibit exist expand expect explain exploit explore facilitate fail
    focus formulate foster fulfil gather handle happen help highlight hinder identify ignore illustrate implement
    imply improve include incorporate increase indicate inform inspire interact introduce investigate invoke involve
    lack leverage look maintain mitigate modify motivate necessitate need note observe obtain occurr offer operate
    outperform overlook pave perform permit persist possess present preserve prevent proceed produce promise promote
    propose prove provide pursue raise reach realize receive recognize reduce reflect regard relate rely remain remove
    replace require resemble reside resolve restrict result retain reveal revisit satisfy seem serve show showcase
    simplify solve streamline strive struggle study suffer suggest summarise surpass tackle tailor tend thank treat
    uncover undermine underscore unify unlock use utilise utilize validate vary verify want warrant witness yield
"""

COMMON: Final = frozenset().union(*map(_forms, _VERBS.split())) | _words(
    """
    a able about above abundant according accurate across addition additional addressed addresses addressing advance
    advanced advances advancing advantage advantages advent adverse aforementioned after again against ago al albeit
    all almost alone along alongside already also although always am amid among amongst an and another any anyway
    appropriate april are arise arises arising arose around arxiv as aside at august available avenue avenues away
    back based be became because become becomes becoming been before began begin begins behind being below beneath
    beside besides best better between beyond big billion both bottleneck bottlenecks broad broader brought build
    builds built burden but by call called calls came can cannot captured captures capturing caused causes causing
    certain challenge challenged challenges challenging choose chooses choosing chosen claimed claiming claims clear
    close com come comes coming comparable competitive complete comprehensive compute computed computes concern
    concerning concerns conclusion conclusions considerable consideration considerations consistent contrary
    contribution contributions convincing could couple crucial current cutting-edge december desirable desired despite
    did different difficult difficulties difficulty diverse do does doesn doi doing don done down draw drawback
    drawbacks drawn draws due during e.g each earlier ease easier easy easy-to-use effective efficient effort efforts
    eg either elegant else elsewhere enable enabled enables enabling enough entire era especially essential et etc
    even ever every everything excellent except existence experiment experimental experiments extend extending extends
    extensive extent extreme extremely faced facing falls famous far fashion faster favorable feasible february few
    fewer fig figure figures find finding findings finds first fit fits five fix follow followed follows for former
    formerly forth found four from fruitful further furthermore future gained gaining gains garnered gave generate
    generated generates get gets getting give given gives giving go goes going gone good great greater grew
    ground-breaking grow growing grows had hand-crafted hardly harness harnessed harnesses harnessing has have having
    he hence her here hereafter hereby herein high-quality higher highest his hitherto hold holding holds hope hour
    hours how however http https huge hundred hundreds idea ideas ie if ii iii important impossible impressive in
    in-depth inability inasmuch indeed inherent initial inside insight insights insofar instead intensive interested
    interesting into intriguing introduction intuitive is isn issue issues it its itself january july june just keep
    keeping keeps kept kind kinds know known knows labor-intensive large-scale larger largest last late later latter
    lead leading leads least led less let lets like likely likewise limitation limitations limited limiting limits
    literature little long-standing longer lot lots lower lowest made main mainly mainstream major majority make makes
    making manner many may maybe me meaningful means meantime meanwhile meet meets merely met might million millions
    minus modern modest more moreover most mostly motivation move moves much must my namely near nearly necessary
    necessity neither never nevertheless new newly next no nobody non-trivial none nonetheless nontrivial nor not
    notable nothing noticeable notion notwithstanding novel novelty november now nowadays numerous obstacle obstacles
    obvious occur occurring occurs october of off often oh ok old on once one ones only onto open-source opportunities
    opportunity or org other others otherwise ought our ours ourselves out outside over overall overcame overcome
    overcomes overcoming overview own paper papers paramount part particular past percent perhaps perspective
    perspectives pivotal plausible play played plays please plenty plus popular posed poses posing possibilities
    possibility possible potential powerful practical practically practice predict predicts predominant presence
    prevalence prevalent previous principal probably problematic progress prominent promising prone proper publicly
    purpose purposes put quest quick quite ranging rapid rather re readily real-life real-world realistic really realm
    reason reasonable reasons recent recently refer referred referring refers regardless relevant remarkable reported
    reporting represent represented represents researcher researchers respect respective rich rigorous rival said sake
    same satisfactory saw say says scarce scenario scenarios scope see seek seeking seeks seen self-explanatory
    september serious set-up setting settings setup several severe shall share shares she shed sheds shortcoming
    shortcomings shorter should shown shows side-by-side significance significant similar simpler simultaneously since
    situation situations six sizable slight slower smaller smallest so so-called solid some somehow someone something
    sometimes somewhat somewhere soon sophisticated sota sought special specific specifically specified specifies
    specify st started starting starts state-of-art state-of-the-art still stood straightforward strength strengths
    striking stronger strongest substantial such sufficient suitable superior superiority supported supporting
    supports sure surge surprising take taken takes taking ten termed than that the their theirs them themselves then
    thence there thereby therefore therein these they thing things third this thorough those though thousand thousands
    three through throughout thru thus till time-consuming to today together too took toward towards traditional
    tremendous tried tries true try trying turns two typical ubiquitous ultimate unable unclear under underexplored
    undergo undergoes underlie underlies underlying understand understands understood undertake undertaken unexplored
    unfortunately unique unless unlike unprecedented until up up-to-date upon us used useful using usual valuable
    various vast versatile versus very via viable vital viz vs was way ways we weakness weaknesses well
    well-established well-known went were what whatever when whence whenever where whereas whereby wherein wherever
    whether which while whilst who whole whom whose why wide-ranging widely widely-used widespread will with within
    without won work worked works worse worst worth would written www year years yes yet you your
    """
)

# Words that mean something only together with others: no key phrases by themselves, whatever their number.
VAGUE: Final = _words(
    """
    ability abstract academic access accuracy action activity actor adaptability addition address adoption agenda
    agent algorithm alternative amount analysis answer application approach architecture area argument art article
    aspect assessment assumption attention attribute author average awareness background balance barrier base baseline
    basis behavior behaviour benchmark blueprint body book bound bridge building call candidate capability capacity
    case category cause center centre century chain change chapter characteristic choice claim class code coefficient
    collection combination community company comparison competition complexity component computation computing concept
    condition configuration connection consequence constraint construction consumption content context contrast
    control core correctness cost count counterpart country course creation criterion data dataset date day decade
    decision definition degradation degree demand department deployment description design designer developer
    development device difference dimension direction discussion distribution document domain drawing drop dynamics
    edge education effect effectiveness efficacy efficiency element end engineering entity environment error estimate
    estimation evaluation event evidence evolution example execution expectation experience expert expression
    extension face fact factor failure fall family feature feedback field file flexibility form format formulation
    foundation fraction frame framework function functionality gain gap generality generalizability generalization
    generation goal graph group growth guarantee guidance guideline hand head history human identification image
    impact implementation implication importance improvement indicator individual industry inference influence
    information infrastructure initiative innovation input instance institute institution instruction integration
    intelligence interaction interest interface interpretability interpretation intuition investigation item iteration
    job key knowledge landscape language layer learning length level library life light limit line link list location
    log loss machine management map mapping mask matter maximum mean measure measurement mechanism medium member
    memory message method methodology metric minimum minor minute mode model modeling modelling modification module
    moment name network node noise number object objective observation operation operator optimization option order
    organization origin outcome output overhead page pair paradigm parameter part participant party path pattern
    people performance period person phase phenomenon pipeline place plan platform point policy popularity position
    power practitioner precision prediction principle problem procedure process processing product profile program
    project proof property proportion proposal protocol prototype quality quantity query question range rank rate
    rating ratio reader reality recognition record reduction reference refinement regime region relation relationship
    relevance reliability report representation request requirement research resource response restriction review
    roadmap robustness role rule run sample sampling scalability scale scarcity scheme science scientist score search
    section selection sense sequence service shape share shift side signal simulation site size society software
    solution source space specification speed stability stage stakeholder standard start state statistics status step
    strategy stream structure student style subject subset success suite sum survey system table target task team
    technique technology term test testing text theorem theory threshold time title token tool toolkit topic track
    trade-off tradeoff train training transition treatment trend turn type uncertainty understanding unit university
    update user utility utilization validation validity value variability variable variant variation variety vector
    version view viewpoint weight window word workflow world
    """
)

# Adjectives without an adjective's ending: they may begin a phrase and never end one.
MODIFIERS: Final = _words(
    """
    abstract active actual adaptive adequate advanced alternate annual approximate arbitrary asynchronous automatic
    bad basic best binary classic clean coarse common compact complex concrete concurrent continuous convex correct
    cross daily dark deep deeper delicate dense direct discrete distinct double dual dynamic empty end-to-end equal
    exact explicit expressive extra false fast few-shot fine finite fixed flat formal fresh full generic genuine
    global good half hard heavy hidden high higher-order holistic hybrid ideal immediate implicit in-context
    independent infinite innate inner intelligent intermediate intricate inverse joint just large latent left
    lightweight linear live local long long-term loose low lower massive maximal micro minimal mobile modular multi
    multiple mutual naive narrow native neural noisy non non-linear nonlinear novel nuanced offline one-shot online
    opaque open open-ended optimal outer overall own parallel past perfect plain poor pre precise premature present
    primary prime prior private proactive pure quick quiet random rare raw ready real real-time regular remote right
    robust rough safe scalable scarce semi sensitive separate shared sharp short short-term similar simple single slow
    small smart smooth social soft sparse stable static steep strict strong sub-optimal subtle sudden super
    synchronous tight tiny top total triple ultra unbiased uniform universal unseen unsupervised upper vanilla weak
    wide zero zero-shot
    """
)

# Nouns with an adjective's or a verb's ending.
NOUNS: Final = _words(
    """
    ability accident adjective agent alignment alternative angle animal anomaly answering arctic argument arithmetic
    arrival assembly assignment assistant attachment automotive axiomatic backpropagation bagging bandit banking bed
    binomial boosting boundary breed broadcasting building butterfly caching capital captioning cardinal channel
    characteristic classic client clinic clipping clustering coding coefficient collective comment commentary
    competing component computing conditioning consent consultant content contest contingent covariant covenant
    credential crossing crowding crowdsourcing crystal cubic curriculum cycling data datum deal debugging decoding
    deployment derivative determinant development diagnostic diagonal diary dictionary differential directive
    discriminant disparity docking document drawing driving dual editing editorial element embedding encoding
    engagement engineering ensemble entailment environment epidemic equilibrium equivalent ethic event executive
    exponential extent extinction fabric factoring fading family feed filtering fine-tuning finetuning folding
    forecasting forest forwarding framing funding fuzzing gaming gating glossary goal gradient grading graphic
    grounding handwriting harvesting hashing hearing heuristic hospital hypervisor imaging implement incentive
    increment indexing ingredient initial inpainting instrument integral interest interval invariant inventory
    investment jamming journal judgment kriging labeling labelling landing learning library lighting linking listing
    literal localized logging logic manual manufacturing mapping marketing masking matching material meal mechanic
    mental merging messaging metal metric mining mixing modal modeling modelling moment momentum monitoring monomial
    monopoly mosaic motive movement multicast multinomial multitasking music narrative nest networking news noise
    novel nowcasting objective offspring optic ordering ordinal outpainting outsourcing oversight pacing packing
    painting pairing pandemic parking parsing participant partitioning patent patient payment perceptron perspective
    phishing photograph planning plant plastic polling polynomial pooling portal positive postprocessing potential
    pre-training precision predicate preprocessing president pretraining pricing primal probing processing programming
    prompting proposal pruning public quadrant quadratic quest quotient ranking rating reading reasoning recruitment
    rectangle red-teaming referral refinement reinforcement relaxation rendering rental repeating republic request
    requirement resampling resident residual retraining retrieval reweighting rewriting ring ritual robotic routing
    salary saliency sampling scaffold scaling scheduling scripting secondary secretary seed segment self-training
    semantic sensing sentiment sequencing sharing signal signaling singing skill slicing smoothing solving sorting
    speed splatting statement statistic steering stemming stitching streaming string student subgradient summary
    supplement surveillance survival swimming swing tagging talent targeting teaching teleoperation terminal test
    testing texting therapeutic thing thinking thresholding timing topic tracing tracking trading traffic training
    transient treatment trial trimming tuning tutorial understanding upscaling variable variant vetting vibration
    visual vocabulary walking watermarking web weighting wing wireless writing
    """
)

# Function words of other languages with Latin letters, as far as they are no English words.
FOREIGN: Final = _words(
    """
    ainsi al als ao aos auch auf aus aussi aux avec bei cela ces cet cette che comme como con da dans das de degli dei
    del della delle dem den der des dont du durch ein eine einem einen einer eines el elle elles em en entre esta
    estas este estos et etait ete etre foi fur gli ha han ist la las le les leur leurs lo los mais mas mehr mit na
    nach nao nel nella nicht no nos nosotros notre nous oder ou para pas pela pelo per permet plus por pour presentons
    propose proposons que questa questo qui quoi sao se sein ses sich sind sobre son sont su sua sur sus tambien tres
    uber uma un una unas und une uno unos uns von vor werden wie wir wird zu zum zur
    """
)
