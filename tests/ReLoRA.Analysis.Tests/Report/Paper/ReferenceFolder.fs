/// Published figures in the form of docs/paper-figures.md, with figures of the test's own.
module ReLoRA.Analysis.Tests.Report.Paper.ReferenceFolder

open System.IO

let training =
    "metric,scale,model,step,value\n\
     loss,tiny,decoder,0,11.0\n\
     loss,tiny,decoder,20000,4.88\n\
     loss,tiny,relora,0,11.0\n\
     loss,tiny,relora,20000,4.97\n\
     loss,small,decoder,20000,3.78\n\
     paloma_ppl,tiny,decoder,20000,205.5\n\
     blimp,tiny,decoder,0,0.4\n"

let evaluations =
    "scale,model,step,blimp_accuracy_mean_of_67_uids,blimp_mean_of_13_phenomena,paloma_mean_ppl\n\
     tiny,decoder,0,0.5,0.5,\n\
     tiny,decoder,20000,0.65,0.64,\n\
     tiny,relora,20000,0.62,0.61,228.1\n\
     tiny,relora,22000,0.63,0.62,220.0\n"

let dynamics =
    "metric,component,scale_as_plotted,scale_verified,model,step,mean_over_12_layers,ci95_low,ci95_high\n\
     per_weights,swiglu.w_2,small,tiny,decoder,0,0.966,0.965,0.967\n\
     per_weights,swiglu.w_2,tiny,tiny,relora,100,0.966,0.965,0.967\n\
     per_weights,swiglu.w_2,tiny,small,decoder,0,0.967,0.965,0.967\n\
     per_updates,swiglu.w_2,tiny,,decoder,0,0.42,0.41,0.43\n\
     per_updates,swiglu.w_2,tiny,tiny,relora,2100,0.0424,0.0393,0.0457\n\
     condition_number_updates,swiglu.w_2,tiny,tiny,relora,2100,20000,19000,21000\n"

let phenomena =
    "key,tiny_decoder,tiny_relora,small_decoder,small_relora\n\
     anaphor_agreement,0.643,0.642,0.7935,0.693\n\
     s-selection,0.6765,0.686,0.745,0.718\n"

let files =
    [
        "training_curves_from_pdf.csv", training
        "blimp_paloma_by_step.csv", evaluations
        "learning_dynamics_from_pdf.csv", dynamics
        "blimp_by_phenomenon_step20000.csv", phenomena
    ]

let write (folder: string) (files: (string * string) list) =
    Directory.CreateDirectory folder |> ignore

    for name, text in files do
        File.WriteAllText(Path.Combine(folder, name), text)
