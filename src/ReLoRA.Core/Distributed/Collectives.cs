namespace ReLoRA.Core.Distributed;

/// <summary>Chooses what the processes of a run talk through.</summary>
public static class Collectives
{
    /// <summary>As the environment says: a lone process loads nothing.</summary>
    /// <param name="variable">Gives an environment variable.</param>
    /// <exception cref="UserFaultException">Several processes were started that cannot talk.</exception>
    public static ICollective OfEnvironment(Func<string, string?> variable)
    {
        var place = RankPlace.Of(variable);
        return place.Size == 1 ? LocalCollective.Only : MpiCollective.Join(place);
    }
}
